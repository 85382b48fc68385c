/* SPDX-License-Identifier: MIT */
/*
 * Advice is put together from phrases, a table a habit, and from the rules of
 * the host that apply to the change.
 */
#include "diagnosis/provider_advice.h"

#include "base/arena.h"
#include "base/buf.h"
#include "diagnosis/providers.h"
#include "findings/template.h"

#include <assert.h>

static const char *const HOST_PHRASES[] = {
#define HOST_PHRASE(habit, text) [HOST_##habit] = (text),
#include "diagnosis/provider_phrases.def"
};

static const char *const APEX_PHRASES[] = {
#define APEX_PHRASE(habit, text) [APEX_##habit] = (text),
#include "diagnosis/provider_phrases.def"
};

static const char *const DOT_PHRASES[] = {
#define DOT_PHRASE(habit, text) [DOT_##habit] = (text),
#include "diagnosis/provider_phrases.def"
};

static const char *const TXT_PHRASES[] = {
#define TXT_PHRASE(habit, text) [TXT_##habit] = (text),
#include "diagnosis/provider_phrases.def"
};

static const char *const MX_PHRASES[] = {
#define MX_PHRASE(habit, text) [MX_##habit] = (text),
#include "diagnosis/provider_phrases.def"
};

/** What a host is taken for of which nothing is known. */
static const struct provider ANYBODY = {
	.name = "the DNS host",
	.mx_field = "",
};

/** A change while it is told. */
struct telling {
	struct arena *arena;
	const struct provider *provider; /* ANYBODY if it is not known */
	const struct edit *edit;
	struct name apex;
	struct name relative; /* of the record; "no name" outside the zone */
	struct buf text;
};

static struct str
host_text(const struct telling *telling)
{
	const struct name relative = telling->relative;
	if (!name_is_set(relative)) {
		return name_text(telling->arena, telling->edit->rr.owner);
	}
	return name_is_root(relative) ? STR("@")
				      : name_text(telling->arena, relative);
}

/** What a CNAME or MX points to, as it is typed but for the final dot. */
static struct str
target_text(const struct telling *telling)
{
	const struct rr *rr = &telling->edit->rr;
	struct arena *arena = telling->arena;
	if (rr->type == RRTYPE_CNAME) {
		return name_text(arena, rr->rdata.target);
	}
	if (rr->type != RRTYPE_MX) {
		return (struct str){ 0 };
	}
	const struct str host = name_text(arena, rr->rdata.mx.exchange);
	if (telling->provider->mx != MX_INSIDE) {
		return host;
	}
	return str_print(
	    arena, "%u %.*s", rr->rdata.mx.preference, STR_ARG(host));
}

/** The phrase *template* with what this change puts into it. */
static struct str
fill(const struct telling *telling, const char *template)
{
	static const struct finding nothing = { 0 };
	const struct rr *rr = &telling->edit->rr;
	struct arena *arena = telling->arena;
	const unsigned priority =
	    rr->type == RRTYPE_MX ? rr->rdata.mx.preference : 0;
	const struct finding_arg args[] = {
		{ "host", host_text(telling) },
		{ "name", name_text(arena, rr->owner) },
		{ "zone", name_text(arena, telling->apex) },
		{ "target", target_text(telling) },
		{ "priority", str_print(arena, "%u", priority) },
		{ "type", rrtype_text(arena, rr->type) },
		{ "field", str_of(telling->provider->mx_field) },
	};
	return template_fill(
	    arena, template, &nothing, args, sizeof(args) / sizeof(*args));
}

static void
say(struct telling *telling, const char *template)
{
	buf_add(&telling->text, fill(telling, template));
}

static const char *
host_phrase(const struct telling *telling)
{
	const struct provider *provider = telling->provider;
	if (!name_is_set(telling->relative)) {
		return "in the zone that holds it, name \"{name}\"";
	}
	if (name_is_root(telling->relative) &&
	    provider->host != HOST_FULL_DOTTED) {
		return APEX_PHRASES[provider->apex];
	}
	return HOST_PHRASES[provider->host];
}

static const char *
priority_phrase(const struct provider *provider)
{
	return provider->mx_field[0] ? "priority {priority} in the field "
				       "\"{field}\""
				     : MX_PHRASES[provider->mx];
}

static void
say_value(struct telling *telling)
{
	const struct provider *provider = telling->provider;
	const enum rrtype type = telling->edit->rr.type;
	if (type == RRTYPE_TXT) {
		say(telling, TXT_PHRASES[provider->txt]);
		return;
	}
	if (type != RRTYPE_CNAME && type != RRTYPE_MX) {
		buf_adds(&telling->text, "the value below");
		return;
	}
	say(telling, DOT_PHRASES[provider->dot]);
	if (type == RRTYPE_MX) {
		buf_adds(&telling->text, "; ");
		say(telling, priority_phrase(provider));
	}
}

/** A record that takes the place of others is not added beside them. */
static void
say_adding(struct telling *telling, size_t replaced)
{
	say(telling, replaced == 0   ? "add a record of type {type}: "
		     : replaced == 1 ? "change the record of type {type}: "
				     : "keep one of these records of type "
				       "{type}, delete the others: ");
	say(telling, host_phrase(telling));
	buf_adds(&telling->text, "; ");
	say_value(telling);
	buf_adds(&telling->text, ".");
}

static bool
rule_applies(
    const struct provider_rule *rule, const struct edit *edit, bool below)
{
	const enum rrtype type = edit->rr.type;
	switch (rule->when) {
	case WHEN_NOTE:
		return false;
	case WHEN_CNAME:
		return type == RRTYPE_CNAME;
	case WHEN_MX:
		return type == RRTYPE_MX;
	case WHEN_MX_BELOW:
		return type == RRTYPE_MX && below;
	case WHEN_SET:
		return type == RRTYPE_TXT || type == RRTYPE_MX;
	case WHEN_WILDCARD:
		return edit->over_wildcard;
	}
	return false;
}

/** The first rule after *after* that applies; NULL if none does. */
static const struct provider_rule *
next_rule(const struct telling *telling, const struct provider_rule *after)
{
	const bool below =
	    !name_is_set(telling->relative) || !name_is_root(telling->relative);
	const struct provider_rule *rule =
	    provider_rule_next(telling->provider, after);
	while (rule && !rule_applies(rule, telling->edit, below)) {
		rule = provider_rule_next(telling->provider, rule);
	}
	return rule;
}

static void
add_rules(const struct telling *telling, struct provider_lines *lines)
{
	const struct provider_rule *rule = next_rule(telling, NULL);
	while (rule) {
		vec_push(telling->arena, lines, str_of(rule->text));
		rule = next_rule(telling, rule);
	}
}

static const char *
limit_words(const struct provider_limit *limit)
{
	return limit->what == LIMITED_HOST ? "a host" : "a TXT value";
}

/** How long that is which *limit* limits; 0 if it is not in this change. */
static size_t
limited_length(
    const struct telling *telling, const struct provider_limit *limit)
{
	const struct rr *rr = &telling->edit->rr;
	if (limit->what == LIMITED_HOST) {
		return host_text(telling).len;
	}
	return rr->type == RRTYPE_TXT ? rr->rdata.txt.joined.len : 0;
}

static void
add_limits(const struct telling *telling, struct provider_lines *lines)
{
	const struct provider_limit *limit =
	    provider_limit_next(telling->provider, NULL);
	for (; limit; limit = provider_limit_next(telling->provider, limit)) {
		const size_t length = limited_length(telling, limit);
		if (length <= limit->most) {
			continue;
		}
		vec_push(telling->arena, lines,
		    str_print(telling->arena,
			"Its %s takes at most %zu characters in %s, and this "
			"one has %zu: it may have to go to another DNS host.",
			limit->who, limit->most, limit_words(limit), length));
	}
}

/** Adds *lines* behind what is there. */
static void
say_lines(struct telling *telling, const struct provider_lines *lines)
{
	const struct str *line;
	vec_foreach(line, lines) {
		buf_addf(&telling->text, " %.*s", STR_ARG(*line));
	}
}

static struct telling
telling_new(struct arena *arena, const struct provider *provider,
    struct name apex, const struct edit *edit)
{
	assert(name_is_set(apex) && name_is_set(edit->rr.owner));
	return (struct telling){
		.arena = arena,
		.provider = provider ? provider : &ANYBODY,
		.edit = edit,
		.apex = apex,
		.relative = name_relative(arena, edit->rr.owner, apex),
		.text = buf_new(arena),
	};
}

/** "At GoDaddy: ", "Probably NS1 (or Netlify): "; "At the DNS host: ". */
static void
say_where(struct telling *telling, const struct provider_match *match)
{
	const struct str who = provider_match_text(telling->arena, match);
	if (match->provider && !match->certain) {
		buf_addf(&telling->text, "P%.*s: ", STR_ARG(str_from(who, 1)));
	} else {
		buf_addf(&telling->text, "At %.*s: ", STR_ARG(who));
	}
}

struct str
provider_advice(struct arena *arena, const struct provider_match *match,
    struct name apex, const struct edit *edit, size_t replaced)
{
	struct telling telling =
	    telling_new(arena, match->provider, apex, edit);
	struct provider_lines lines = { 0 };
	assert(edit->op == EDIT_ADD);
	say_where(&telling, match);
	add_rules(&telling, &lines);
	const struct provider_rule *rule = next_rule(&telling, NULL);
	if (rule && rule->when == WHEN_MX_BELOW) {
		buf_adds(&telling.text, rule->text);
		return buf_str(&telling.text);
	}
	add_limits(&telling, &lines);
	say_adding(&telling, replaced);
	say_lines(&telling, &lines);
	return buf_str(&telling.text);
}

struct provider_lines
provider_warnings(struct arena *arena, const struct provider *provider,
    struct name apex, const struct edit *edit)
{
	const struct telling telling = telling_new(arena, provider, apex, edit);
	struct provider_lines lines = { 0 };
	assert(edit->op == EDIT_ADD);
	add_rules(&telling, &lines);
	add_limits(&telling, &lines);
	return lines;
}

/** The examples by which habits are told in a list of rules. */
static struct telling
example(struct arena *arena, const struct provider *provider, enum rrtype type)
{
	struct edit *edit = ARENA_NEW(arena, struct edit);
	const struct name apex = name_of(arena, "example.com");
	const struct name target = name_of(arena, "target.example.net");
	edit->op = EDIT_ADD;
	edit->rr.type = type;
	edit->rr.owner =
	    type == RRTYPE_TXT ? apex : name_of(arena, "mail.example.com");
	if (type == RRTYPE_MX) {
		edit->rr.rdata.mx =
		    (struct rr_mx){ .preference = 10, .exchange = target };
	} else if (type == RRTYPE_CNAME) {
		edit->rr.rdata.target = target;
	}
	return telling_new(arena, provider, apex, edit);
}

/** Adds *phrase* told by an example, if the habit is *known*. */
static void
add_habit(struct provider_lines *lines, bool known,
    const struct telling *telling, const char *phrase)
{
	if (known) {
		vec_push(telling->arena, lines, fill(telling, phrase));
	}
}

struct provider_lines
provider_rules(struct arena *arena, const struct provider *provider)
{
	struct provider_lines lines = { 0 };
	const struct telling cname = example(arena, provider, RRTYPE_CNAME);
	const struct telling mx = example(arena, provider, RRTYPE_MX);
	const struct telling txt = example(arena, provider, RRTYPE_TXT);
	add_habit(&lines, provider->host != HOST_UNKNOWN, &cname,
	    HOST_PHRASES[provider->host]);
	add_habit(&lines, provider->apex != APEX_UNKNOWN, &txt,
	    APEX_PHRASES[provider->apex]);
	add_habit(&lines, provider->dot != DOT_UNKNOWN, &cname,
	    DOT_PHRASES[provider->dot]);
	add_habit(&lines, provider->txt != TXT_UNKNOWN, &txt,
	    TXT_PHRASES[provider->txt]);
	add_habit(
	    &lines, provider->mx != MX_UNKNOWN, &mx, priority_phrase(provider));
	const struct provider_limit *limit = NULL;
	while ((limit = provider_limit_next(provider, limit))) {
		vec_push(arena, &lines,
		    str_print(arena,
			"its %s takes at most %zu characters in %s", limit->who,
			limit->most, limit_words(limit)));
	}
	const struct provider_rule *rule = NULL;
	while ((rule = provider_rule_next(provider, rule))) {
		vec_push(arena, &lines, str_of(rule->text));
	}
	return lines;
}
