/* SPDX-License-Identifier: MIT */
/* Making findings. */
#include "findings/finding.h"

#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct findings
findings_new(struct arena *arena, const char *family, int record)
{
	assert(arena);
	return (struct findings){
		.arena = arena,
		.family = family,
		.record = record,
	};
}

struct finding *
find(struct findings *findings, enum finding_code code)
{
	assert(!findings->family || !catalog_is_generic(code) ||
	       catalog_has_family(code, findings->family));
	struct finding *finding = ARENA_NEW(findings->arena, struct finding);
	finding->code = code;
	finding->family = findings->family;
	finding->record = findings->record;
	finding->waiting_helps = catalog_row(code)->waiting_helps;
	finding->arena = findings->arena;
	vec_push(findings->arena, &findings->list, finding);
	return finding;
}

struct finding *
findings_get(const struct findings *findings, enum finding_code code)
{
	struct finding **finding;
	vec_foreach(finding, &findings->list) {
		if ((*finding)->code == code) {
			return *finding;
		}
	}
	return NULL;
}

void
findings_clear(struct findings *findings)
{
	findings->list.len = 0;
}

static void
arg_set(struct finding *finding, const char *key, struct str value)
{
	struct finding_arg *arg;
	vec_foreach(arg, &finding->args) {
		if (strcmp(arg->key, key) == 0) {
			arg->value = value;
			return;
		}
	}
	const struct finding_arg added = { .key = key, .value = value };
	vec_push(finding->arena, &finding->args, added);
}

void
finding_arg(struct finding *finding, const char *key, const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	const int len = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	assert(len >= 0);
	arg_set(finding, key, str_copy(finding->arena, str_of(text)));
}

void
finding_arg_name(struct finding *finding, const char *key, struct name name)
{
	assert(name_is_set(name));
	arg_set(finding, key, name_text(finding->arena, name));
}

struct evidence *
finding_saw(
    struct finding *finding, const struct rr *rr, const struct answer *answer)
{
	const struct evidence evidence = {
		.name = rr->owner,
		.type = rr->type,
		.value = rr_value(finding->arena, rr),
		.server =
		    answer ? answer->server : (struct server_addr){ .port = 0 },
	};
	vec_push(finding->arena, &finding->evidence, evidence);
	return &finding->evidence.at[finding->evidence.len - 1];
}

struct evidence *
finding_saw_none(struct finding *finding, struct name name, enum rrtype type,
    const struct answer *answer)
{
	const struct evidence evidence = {
		.name = name,
		.type = type,
		.server =
		    answer ? answer->server : (struct server_addr){ .port = 0 },
	};
	vec_push(finding->arena, &finding->evidence, evidence);
	return &finding->evidence.at[finding->evidence.len - 1];
}

void
finding_edit(struct finding *finding, enum edit_op op, const struct rr *rr)
{
	assert(name_is_set(rr->owner));
	const struct edit edit = { .op = op, .rr = *rr };
	vec_push(finding->arena, &finding->edits, edit);
}
