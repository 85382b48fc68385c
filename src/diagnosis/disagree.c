/* SPDX-License-Identifier: MIT */
/* Servers of one zone with different contents: RFC 1034 4.3.5, RFC 1996. */
#include "diagnosis/disagree.h"

#include "base/arena.h"
#include "base/buf.h"
#include "diagnosis/providers.h"

#include <assert.h>

static bool
lacks(const struct judgement *at)
{
	return at->status != STATUS_OK && at->status != STATUS_UNKNOWN;
}

size_t
disagree_first_lacking(
    const struct authority *authority, const struct judgement *at)
{
	size_t i = 0;
	while (i < authority->len && !lacks(&at[i])) {
		i++;
	}
	assert(i < authority->len);
	return i;
}

/** "ns2.example.net (192.0.2.2)": people know the name, tools the address. */
static struct str
server_words(struct arena *arena, const struct authority_server *server)
{
	const struct str address = server_addr_text(arena, server->addr);
	if (!name_is_set(server->name)) {
		return address;
	}
	const struct str name = name_text(arena, server->name);
	return str_print(arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(address));
}

/** The servers that lack the record, one after the other. */
static struct str
lacking_words(struct arena *arena, const struct authority *authority,
    const struct judgement *at)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < authority->len; i++) {
		if (lacks(&at[i])) {
			buf_adds(&to, to.len > 0 ? ", " : "");
			buf_add(&to, server_words(arena, &authority->at[i]));
		}
	}
	return buf_str(&to);
}

/** True if the servers are known to be those of several DNS hosts. */
static bool
has_several_hosts(struct arena *arena, const struct authority *authority)
{
	struct name *names = ARENA_ARRAY(arena, struct name, AUTHORITY_MAX);
	size_t len = 0;
	for (size_t i = 0; i < authority->len; i++) {
		if (name_is_set(authority->at[i].name)) {
			names[len++] = authority->at[i].name;
		}
	}
	return provider_match_find(names, len).mixed;
}

void
disagree_explain(struct finding *finding, const struct authority *authority,
    const struct judgement *at)
{
	struct arena *arena = finding->arena;
	const struct str lacking = lacking_words(arena, authority, at);
	const bool late = authority_serials_differ(authority);
	size_t right = 0;
	size_t known = 0;
	for (size_t i = 0; i < authority->len; i++) {
		known += at[i].status != STATUS_UNKNOWN;
		right += at[i].status == STATUS_OK;
	}
	assert(right > 0 && right < known);
	finding->waiting_helps = late;
	finding_arg(finding, "right", "%zu", right);
	finding_arg(finding, "asked", "%zu", known);
	finding_arg(finding, "lacking", "%.*s", STR_ARG(lacking));
	finding_arg(finding, "there", "%s", "");
	finding_arg(finding, "serials", "%s",
	    late ? "; their zone serials differ, so a copy may be on its way"
		 : "");
	finding_arg(finding, "next", "%s",
	    late ? "If that stays so for an hour, tell the DNS host that its "
		   "copy lags behind."
	    : has_several_hosts(arena, authority)
		? "Several DNS hosts serve the zone: make the change there, "
		  "too."
		: "Tell the DNS host that its servers differ; if another host "
		  "runs that one, make the change there, too.");
}

void
disagree_explain_there(struct finding *finding,
    const struct authority_server *server, const struct judgement *there)
{
	struct arena *arena = finding->arena;
	if (there->findings.list.len == 0) {
		return;
	}
	const struct finding *cause = there->findings.list.at[0];
	const struct evidence *seen;
	if (cause->code == FINDING_X_MISSING) {
		return; /* nothing that is not said already */
	}
	const struct str code = catalog_code(arena, cause->code, cause->family);
	const struct str at = server_addr_text(arena, server->addr);
	finding_arg(finding, "there", " At %.*s the cause is %.*s.",
	    STR_ARG(at), STR_ARG(code));
	vec_foreach(seen, &cause->evidence) {
		if (seen->value.len > 0) {
			vec_push(arena, &finding->evidence, *seen);
		}
	}
}
