/* SPDX-License-Identifier: MIT */
/*
 * Recognising a DNS host. Names are compared label by label from the right,
 * so that "ns.cloudflare.com.evil.example" and "xns.cloudflare.com" are not
 * taken for what they imitate.
 */
#include "diagnosis/providers.h"

#include "base/buf.h"

#include <assert.h>

static const struct provider TABLE[PROVIDERS] = {
#define PROVIDER(constant, id_text, name_text, host_way, apex_way, dot_way, \
    txt_way, mx_way, field)                                                 \
	[PROVIDER_##constant] = {                                           \
		.id = (id_text),                                            \
		.name = (name_text),                                        \
		.host = HOST_##host_way,                                    \
		.apex = APEX_##apex_way,                                    \
		.dot = DOT_##dot_way,                                       \
		.txt = TXT_##txt_way,                                       \
		.mx = MX_##mx_way,                                          \
		.mx_field = (field),                                        \
	},
#include "diagnosis/providers.def"
};

enum certainty {
	CERTAINTY_SHARED, /* other brands answer from there too */
	CERTAINTY_CERTAIN,
};

struct nameserver {
	enum provider_index provider;
	enum certainty certainty;
	const char *stem;
	const char *ends; /* separated by blanks */
};

static const struct nameserver NAMESERVERS[] = {
#define NAMESERVER(provider, certainty, stem, ends) \
	{ PROVIDER_##provider, CERTAINTY_##certainty, (stem), (ends) },
#include "diagnosis/providers.def"
};

static const struct provider_rule RULES[] = {
#define PROVIDER_RULE(provider, when, text) \
	{ &TABLE[PROVIDER_##provider], WHEN_##when, (text) },
#include "diagnosis/providers.def"
};

static const struct provider_limit LIMITS[] = {
#define PROVIDER_LIMIT(provider, what, most, who) \
	{ &TABLE[PROVIDER_##provider], LIMITED_##what, (most), (who) },
#include "diagnosis/providers.def"
};

enum {
	NAMESERVERS_LEN = sizeof(NAMESERVERS) / sizeof(*NAMESERVERS),
	RULES_LEN = sizeof(RULES) / sizeof(*RULES),
	LIMITS_LEN = sizeof(LIMITS) / sizeof(*LIMITS),
};

/** How far *label* has digits from *at* on. */
static size_t
digits_end(struct str label, size_t at)
{
	while (at < label.len && char_is_digit(label.at[at])) {
		at++;
	}
	return at;
}

/**
 * How many bytes of *label* at *at* the sign *sign* of a pattern takes: ? any
 * one, # one or more digits, others themselves; 0 if they do not fit.
 */
static size_t
sign_takes(char sign, struct str label, size_t at)
{
	if (sign == '#') {
		return digits_end(label, at) - at;
	}
	return at < label.len && (sign == '?' || sign == label.at[at]);
}

/** True if *label* fits *pattern*, in which * is any bytes, also none. */
static bool
label_fits(struct str pattern, struct str label)
{
	size_t p = 0;
	size_t l = 0;
	size_t star = pattern.len; /* the last * passed; none yet */
	size_t star_end = 0;       /* where what it took ends */
	while (p < pattern.len || l < label.len) {
		if (p < pattern.len && pattern.at[p] == '*') {
			star = p++;
			star_end = l;
			continue;
		}
		const size_t takes =
		    p < pattern.len ? sign_takes(pattern.at[p], label, l) : 0;
		if (takes > 0) {
			p++;
			l += takes;
		} else if (star < pattern.len && star_end < label.len) {
			p = star + 1;
			l = ++star_end;
		} else {
			return false;
		}
	}
	return true;
}

/** How many labels the text of a pattern has. */
static size_t
labels_of(struct str pattern)
{
	size_t labels = 1;
	for (size_t i = 0; i < pattern.len; i++) {
		labels += pattern.at[i] == '.';
	}
	return labels;
}

/** True if the labels of *name* from *from* on fit those of *pattern*. */
static bool
labels_fit(struct str pattern, struct name name, size_t from)
{
	struct str part;
	while (str_split(&pattern, '.', &part)) {
		if (!label_fits(part, name_label(name, from++))) {
			return false;
		}
	}
	return true;
}

static bool
fits(const struct nameserver *row, struct str end, struct name name)
{
	struct str stem = str_of(row->stem);
	const size_t labels = name_labels(name);
	const size_t stem_labels = labels_of(stem);
	const size_t end_labels = labels_of(end);
	if (labels < stem_labels + end_labels) {
		return false;
	}
	size_t extra = labels - stem_labels - end_labels;
	if (str_starts(stem, STR("*."))) {
		stem = str_from(stem, 2);
		extra++;
	} else if (extra > 0) {
		return false;
	}
	return labels_fit(stem, name, extra) &&
	       labels_fit(end, name, labels - end_labels);
}

/** True if *name* is one of the servers of *row*. */
static bool
nameserver_fits(const struct nameserver *row, struct name name)
{
	struct str ends = str_of(row->ends);
	struct str end;
	while (str_split(&ends, ' ', &end)) {
		if (fits(row, end, name)) {
			return true;
		}
	}
	return false;
}

/** True if *name* is one of the servers of *provider*, and how surely. */
static bool
provider_has(
    enum provider_index provider, struct name name, enum certainty *ret)
{
	bool has = false;
	for (size_t i = 0; i < NAMESERVERS_LEN; i++) {
		const struct nameserver *row = &NAMESERVERS[i];
		if (row->provider == provider && nameserver_fits(row, name)) {
			has = true;
			*ret = row->certainty > *ret ? row->certainty : *ret;
		}
	}
	return has;
}

/** True if all of *names* are servers of *provider*. */
static bool
provider_has_all(enum provider_index provider, const struct name *names,
    size_t len, enum certainty *ret)
{
	*ret = CERTAINTY_SHARED;
	for (size_t i = 0; i < len; i++) {
		if (!provider_has(provider, names[i], ret)) {
			return false;
		}
	}
	return len > 0;
}

static bool
is_of_anybody(struct name name)
{
	for (size_t i = 0; i < NAMESERVERS_LEN; i++) {
		if (nameserver_fits(&NAMESERVERS[i], name)) {
			return true;
		}
	}
	return false;
}

static bool
are_of_somebody(const struct name *names, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (!is_of_anybody(names[i])) {
			return false;
		}
	}
	return len > 0;
}

struct provider_match
provider_match_find(const struct name *nameservers, size_t len)
{
	struct provider_match match = { 0 };
	assert(nameservers || len == 0);
	for (enum provider_index i = 0; i < PROVIDERS; i++) {
		enum certainty certainty;
		if (!provider_has_all(i, nameservers, len, &certainty)) {
			continue;
		}
		if (!match.provider) {
			match.provider = &TABLE[i];
			match.certain = certainty == CERTAINTY_CERTAIN;
		} else {
			assert(match.others_len < PROVIDER_MAX_OTHERS);
			match.others[match.others_len++] = &TABLE[i];
			match.certain = false;
		}
	}
	match.mixed = !match.provider && are_of_somebody(nameservers, len);
	return match;
}

const struct provider *
provider_by_id(struct str id)
{
	for (enum provider_index i = 0; i < PROVIDERS; i++) {
		if (str_eq_nocase(id, str_of(TABLE[i].id))) {
			return &TABLE[i];
		}
	}
	return NULL;
}

const struct provider *
provider_at(enum provider_index index)
{
	assert(index < PROVIDERS);
	return &TABLE[index];
}

enum provider_index
provider_index_of(const struct provider *provider)
{
	assert(provider >= TABLE && provider < TABLE + PROVIDERS);
	return (enum provider_index)(provider - TABLE);
}

const struct provider_rule *
provider_rule_next(
    const struct provider *provider, const struct provider_rule *after)
{
	const struct provider_rule *rule = after ? after + 1 : RULES;
	while (rule < RULES + RULES_LEN && rule->provider != provider) {
		rule++;
	}
	return rule < RULES + RULES_LEN ? rule : NULL;
}

const struct provider_limit *
provider_limit_next(
    const struct provider *provider, const struct provider_limit *after)
{
	const struct provider_limit *limit = after ? after + 1 : LIMITS;
	while (limit < LIMITS + LIMITS_LEN && limit->provider != provider) {
		limit++;
	}
	return limit < LIMITS + LIMITS_LEN ? limit : NULL;
}

struct str
provider_match_text(struct arena *arena, const struct provider_match *match)
{
	struct buf text = buf_new(arena);
	if (!match->provider) {
		return STR("the DNS host");
	}
	buf_adds(&text, match->certain ? "" : "probably ");
	buf_adds(&text, match->provider->name);
	for (size_t i = 0; i < match->others_len; i++) {
		const bool last = i + 1 == match->others_len;
		buf_adds(&text, i == 0 ? " (or " : last ? " or " : ", ");
		buf_adds(&text, match->others[i]->name);
	}
	buf_adds(&text, match->others_len > 0 ? ")" : "");
	return buf_str(&text);
}
