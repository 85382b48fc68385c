/* SPDX-License-Identifier: MIT */
/*
 * Delegation: RFC 1034 4.2.2 (the parent's copy), RFC 1912 2.8 (lame
 * servers), RFC 2181 5.4.1 (whose NS set counts).
 */
#include "checks/delegation.h"

#include "base/arena.h"
#include "base/buf.h"
#include "walks/zone_view.h"

#include <assert.h>

/** How a sentence calls the server. */
static struct str
server_words(struct arena *arena, const struct authority_server *server)
{
	return name_is_set(server->name)
		   ? name_text(arena, server->name)
		   : server_addr_text(arena, server->addr);
}

/** "ns1.example.com lame, ns2.example.com no-answer": those not sound. */
static struct str
states_text(struct arena *arena, const struct authority *authority)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < authority->len; i++) {
		const struct authority_server *server = &authority->at[i];
		if (server->state == SERVER_OK) {
			continue;
		}
		buf_adds(&to, to.len > 0 ? ", " : "");
		buf_add(&to, server_words(arena, server));
		buf_addf(&to, " %s", server_state_text(server->state));
	}
	return buf_str(&to);
}

static struct name
zone_of(const struct subject *subject, const struct zone_view *view)
{
	return name_is_set(view->cut.apex) ? view->cut.apex
					   : subject->expect->domain;
}

static void
saw_failing(const struct authority *authority, struct name zone,
    struct finding *finding)
{
	for (size_t i = 0; i < authority->len; i++) {
		const struct authority_server *server = &authority->at[i];
		if (server->state == SERVER_OK) {
			continue;
		}
		struct evidence *evidence =
		    finding_saw_none(finding, zone, RRTYPE_SOA, server->answer);
		evidence->server = server->addr;
	}
}

static void
judge_broken(const struct subject *subject, const struct zone_view *view,
    struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	const struct authority *authority = &view->authority;
	const struct str states = states_text(arena, authority);
	struct finding *finding =
	    find(&out->findings, FINDING_DELEGATION_BROKEN);
	finding_arg_name(finding, "zone", zone_of(subject, view));
	finding_arg(finding, "servers", "%zu", authority->len);
	finding_arg(finding, "states", "%.*s", STR_ARG(states));
	saw_failing(authority, zone_of(subject, view), finding);
}

static void
judge_failing(const struct subject *subject, const struct zone_view *view,
    struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	const struct authority *authority = &view->authority;
	if (authority->sound == authority->len) {
		return;
	}
	const struct str states = states_text(arena, authority);
	struct finding *finding =
	    find(&out->findings, FINDING_NAMESERVER_FAILING);
	finding_arg_name(finding, "zone", zone_of(subject, view));
	finding_arg(
	    finding, "failing", "%zu", authority->len - authority->sound);
	finding_arg(finding, "asked", "%zu", authority->len);
	finding_arg(finding, "states", "%.*s", STR_ARG(states));
	saw_failing(authority, zone_of(subject, view), finding);
}

/** The names of an NS set, in words. */
static struct str
set_text(struct arena *arena, const struct rr *set, size_t len)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < len; i++) {
		buf_adds(&to, i > 0 ? ", " : "");
		buf_add(&to, name_text(arena, set[i].rdata.target));
	}
	return buf_str(&to);
}

static void
judge_sets(const struct subject *subject, const struct zone_view *view,
    struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	const struct authority *authority = &view->authority;
	if (!authority_sets_differ(authority)) {
		return;
	}
	const struct answer *above = authority->above;
	const bool refers = above->referral_len > 0;
	const struct str there =
	    set_text(arena, refers ? above->referral : above->rrs,
		refers ? above->referral_len : above->rrs_len);
	const struct str own =
	    set_text(arena, authority->own->rrs, authority->own->rrs_len);
	struct finding *finding =
	    find(&out->findings, FINDING_NAMESERVERS_DIFFER);
	finding_arg_name(finding, "zone", zone_of(subject, view));
	finding_arg(finding, "above", "%.*s", STR_ARG(there));
	finding_arg(finding, "own", "%.*s", STR_ARG(own));
}

static void
judge_serials(const struct subject *subject, const struct zone_view *view,
    struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	const struct authority *authority = &view->authority;
	if (!authority_serials_differ(authority)) {
		return;
	}
	struct buf serials = buf_new(arena);
	for (size_t i = 0; i < authority->len; i++) {
		const struct authority_server *server = &authority->at[i];
		if (!server->has_serial) {
			continue;
		}
		buf_addf(&serials, "%s%u at ", serials.len > 0 ? ", " : "",
		    (unsigned)server->serial);
		buf_add(&serials, server_words(arena, server));
	}
	struct finding *finding = find(&out->findings, FINDING_SERIALS_DIFFER);
	finding_arg_name(finding, "zone", zone_of(subject, view));
	finding_arg(finding, "serials", "%.*s", STR_ARG(buf_str(&serials)));
}

void
check_delegation(const struct subject *subject, const struct zone_view *view,
    struct judgement *out)
{
	assert(view->authority.settled);
	if (view->broken) {
		judge_broken(subject, view, out);
		return;
	}
	if (!view->own_side) {
		return;
	}
	judge_failing(subject, view, out);
	judge_sets(subject, view, out);
	judge_serials(subject, view, out);
}
