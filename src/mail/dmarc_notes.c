/* SPDX-License-Identifier: MIT */
/*
 * RFC 9989 Appendix C against RFC 7489 6.2 to 6.6.3, as far as the text of
 * one record shows it.
 */
#include "mail/dmarc_notes.h"

#include "base/arena.h"
#include "mail/dmarc.h"

#include <assert.h>

static bool
has(const struct dmarc *dmarc, enum dmarc_tag tag)
{
	return dmarc->fields[tag].present;
}

/** RFC 7489 6.3: p is required, and comes second. */
static bool
lacks_policy(const struct dmarc *dmarc)
{
	return !has(dmarc, DMARC_TAG_P);
}

static bool
policy_is_late(const struct dmarc *dmarc)
{
	const struct dmarc_field *p = &dmarc->fields[DMARC_TAG_P];
	for (size_t i = 0; i < DMARC_TAGS; i++) {
		const struct dmarc_field *field = &dmarc->fields[i];
		if (i != DMARC_TAG_V && i != DMARC_TAG_P && field->present &&
		    p->present && field->span.from < p->span.from) {
			return true;
		}
	}
	return false;
}

static bool
has_percentage(const struct dmarc *dmarc)
{
	return has(dmarc, DMARC_TAG_PCT) &&
	       !str_eq(dmarc->fields[DMARC_TAG_PCT].value, STR("100"));
}

static bool
has_interval(const struct dmarc *dmarc)
{
	return has(dmarc, DMARC_TAG_RI);
}

static bool
has_format(const struct dmarc *dmarc)
{
	return has(dmarc, DMARC_TAG_RF);
}

static bool
has_nowhere_policy(const struct dmarc *dmarc)
{
	return has(dmarc, DMARC_TAG_NP);
}

static bool
is_test(const struct dmarc *dmarc)
{
	return dmarc->testing;
}

static bool
has_suffix(const struct dmarc *dmarc)
{
	return dmarc->suffix != DMARC_SUFFIX_UNSAID;
}

static bool
any_size(const struct dmarc_uris *uris)
{
	const struct dmarc_uri *uri;
	vec_foreach(uri, uris) {
		if (uri->size.len > 0) {
			return true;
		}
	}
	return false;
}

static bool
has_size(const struct dmarc *dmarc)
{
	return any_size(&dmarc->rua) || any_size(&dmarc->ruf);
}

static bool
has_many_addresses(const struct dmarc *dmarc)
{
	return dmarc->rua.len > 2 || dmarc->ruf.len > 2;
}

static bool
has_both_options(const struct dmarc *dmarc)
{
	const struct str fo = dmarc->fields[DMARC_TAG_FO].value;
	return str_index(fo, '0') >= 0 && str_index(fo, '1') >= 0;
}

/** A difference, and how to know that a record shows it. */
struct difference {
	bool (*shows)(const struct dmarc *dmarc);
	const char *sentence;
};

static const struct difference DIFFERENCES[] = {
	{ lacks_policy, "RFC 7489 requires p=; its receivers take a record "
			"without it only if it has a valid rua=." },
	{ policy_is_late, "RFC 7489 wants p= right after v=DMARC1; some of "
			  "its receivers ignore the record otherwise." },
	{ has_percentage, "Receivers of RFC 7489 still heed pct= and apply "
			  "the policy to that share of the mail alone." },
	{ has_interval, "Receivers of RFC 7489 may still heed ri=, the "
			"interval between reports." },
	{ has_format, "Receivers of RFC 7489 may still heed rf=, the format "
		      "of failure reports." },
	{ has_nowhere_policy, "Receivers of RFC 7489 do not know np= and "
			      "apply sp= or p= to names that do not exist." },
	{ is_test, "Receivers of RFC 7489 do not know t=y and apply the "
		   "policy as it stands." },
	{ has_suffix, "Receivers of RFC 7489 do not know psd= and go by a "
		      "list of public suffixes." },
	{ has_size, "Receivers of RFC 7489 may send no report that is larger "
		    "than the size behind \"!\"; others ignore the size." },
	{ has_many_addresses, "Receivers of RFC 7489 need not send reports "
			      "to more than two addresses." },
	{ has_both_options, "Receivers of RFC 7489 take 0 and 1 together in "
			    "fo=; by RFC 9989 they exclude each other." },
};

struct dmarc_notes
dmarc_notes(struct arena *arena, const struct dmarc *dmarc)
{
	struct dmarc_notes notes = { 0 };
	assert(dmarc->recognised);
	for (size_t i = 0; i < sizeof(DIFFERENCES) / sizeof(*DIFFERENCES);
	     i++) {
		if (!DIFFERENCES[i].shows(dmarc)) {
			continue;
		}
		vec_push(arena, &notes, str_of(DIFFERENCES[i].sentence));
	}
	return notes;
}
