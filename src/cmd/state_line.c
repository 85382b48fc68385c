/* SPDX-License-Identifier: MIT */
/* One line of a state file, from and to JSON. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/jsonin.h"
#include "base/jsonout.h"
#include "cmd/state.h"
#include "cmd/state_file.h"
#include "report/report.h"

#include <jansson.h>

#include <assert.h>

#define SCHEMA_ANY "ivycheck/state/"
#define SCHEMA     SCHEMA_ANY "1"

static json_t *
object_read(struct str line)
{
	json_t *value = jsonin_load(line, NULL);
	if (!json_is_object(value)) {
		json_decref(value);
		value = NULL;
	}
	return value;
}

bool
state_head_read(struct str line, unsigned long *ret_domains, struct err *reterr)
{
	json_t *head = object_read(line);
	const struct str schema = jsonin_text(json_object_get(head, "schema"));
	const json_t *domains = json_object_get(head, "domains");
	bool good = false;
	*reterr = (struct err){ 0 };
	if (str_eq(schema, STR(SCHEMA))) {
		good = json_is_integer(domains) &&
		       json_integer_value(domains) >= 0;
	} else if (str_starts(schema, STR(SCHEMA_ANY))) {
		(void)err_set(reterr, ERR_INPUT,
		    "its schema is \"%.*s\", and this version reads %s",
		    STR_ARG(str_slice(schema, 0, 64)), SCHEMA);
	}
	*ret_domains = good ? (unsigned long)json_integer_value(domains) : 0;
	json_decref(head);
	return good;
}

static bool
verdict_read(struct str word, enum verdict *ret)
{
	for (int i = VERDICT_READY; i <= VERDICT_UNKNOWN; i++) {
		if (str_eq(word, str_of(verdict_text((enum verdict)i)))) {
			*ret = (enum verdict)i;
			return true;
		}
	}
	return false;
}

/** True for "record:code" and "code": nothing that a terminal would obey. */
static bool
is_sign(struct str text)
{
	size_t colons = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		const bool plain =
		    (c >= 'a' && c <= 'z') || char_is_digit(c) || c == '-';
		colons += c == ':';
		if (!plain && c != ':') {
			return false;
		}
	}
	return text.len > 0 && colons <= 1;
}

/** Reads the findings; their text stays in *list*. */
static bool
signs_read(struct arena *arena, const json_t *list, struct signs *ret)
{
	const size_t len = json_array_size(list);
	for (size_t i = 0; i < len; i++) {
		const struct str sign = jsonin_text(json_array_get(list, i));
		if (!is_sign(sign)) {
			return false;
		}
		vec_push(arena, ret, sign);
	}
	signs_sort(ret);
	return json_is_array(list);
}

static bool
time_read(const json_t *value, int64_t *ret)
{
	*ret = json_integer_value(value);
	return json_is_integer(value) && *ret >= 0;
}

/** Reads the result that counts, if there is one. */
static bool
result_read(struct arena *scratch, const json_t *object, struct state *state,
    struct known *ret)
{
	struct result result = { 0 };
	const json_t *verdict = json_object_get(object, "verdict");
	if (!verdict) {
		return ret->suspected; /* else the line would say nothing */
	}
	if (!verdict_read(jsonin_text(verdict), &result.verdict) ||
	    !signs_read(
		scratch, json_object_get(object, "findings"), &result.signs) ||
	    !time_read(json_object_get(object, "since"), &ret->since) ||
	    !time_read(json_object_get(object, "told"), &ret->told)) {
		return false;
	}
	ret->result = state_result(state, &result);
	return true;
}

bool
state_line_read(struct str line, struct state *state)
{
	json_t *object = object_read(line);
	const struct str domain =
	    jsonin_text(json_object_get(object, "domain"));
	struct arena *scratch = arena_new_small(1024);
	struct known known = {
		.suspected = json_is_true(json_object_get(object, "suspected")),
	};
	const bool good = domain.len > 0 && !state_find(state, domain) &&
			  result_read(scratch, object, state, &known);
	if (good) {
		struct state_entry *entry = state_entry(state, domain);
		entry->before = known;
		entry->now = known;
	}
	arena_free(&scratch);
	json_decref(object);
	return good;
}

void
state_head_write(unsigned long domains, struct buf *to)
{
	struct jsonout json = jsonout_new(to, true);
	jsonout_object(&json);
	jsonout_key(&json, "schema");
	jsonout_text(&json, STR(SCHEMA));
	jsonout_key(&json, "domains");
	jsonout_number(&json, (int64_t)domains);
	jsonout_end_object(&json);
	buf_addc(to, '\n');
}

static void
result_write(struct jsonout *json, const struct known *known)
{
	const struct str *sign;
	jsonout_key(json, "verdict");
	jsonout_text(json, str_of(verdict_text(known->result->verdict)));
	jsonout_key(json, "findings");
	jsonout_array(json);
	vec_foreach(sign, &known->result->signs) {
		jsonout_text(json, *sign);
	}
	jsonout_end_array(json);
	jsonout_key(json, "since");
	jsonout_number(json, known->since);
	jsonout_key(json, "told");
	jsonout_number(json, known->told);
}

void
state_line_write(const struct state_entry *entry, struct buf *to)
{
	struct jsonout json = jsonout_new(to, true);
	assert(entry->now.result || entry->now.suspected);
	jsonout_object(&json);
	jsonout_key(&json, "domain");
	jsonout_text(&json, entry->node.key);
	if (entry->now.result) {
		result_write(&json, &entry->now);
	}
	if (entry->now.suspected) {
		jsonout_key(&json, "suspected");
		jsonout_bool(&json, true);
	}
	jsonout_end_object(&json);
	buf_addc(to, '\n');
}
