/* SPDX-License-Identifier: MIT */
/*
 * The strings of a TXT record are joined without anything between them (RFC
 * 7208 3.3). Who ends a string without a blank glues two terms together.
 */
#include "base/buf.h"
#include "mail/spf.h"
#include "mail/spf_parts.h"

#include <assert.h>

enum {
	LONGEST_PIECE = 512, /* bytes; terms are shorter */
};

/** A walk over the places where strings were joined. */
struct seam {
	const struct rr_txt *txt;
	size_t next;  /* the string that begins behind the seam */
	size_t floor; /* the last seam where a blank is missing */
	size_t at;    /* the seam */
};

/** Where the piece that ends at *at* begins: behind a blank, or *from*. */
static size_t
piece_start(struct str text, size_t from, size_t at)
{
	size_t start = at;
	while (start > from && text.at[start - 1] != ' ' &&
	       at - start <= LONGEST_PIECE) {
		start--;
	}
	return start;
}

static struct str
piece_behind(struct str text, size_t at)
{
	const struct str near = str_slice(text, at, at + LONGEST_PIECE);
	const ptrdiff_t blank = str_index(near, ' ');
	return blank < 0 ? near : str_slice(near, 0, (size_t)blank);
}

/** True if a blank is missing at *seam*. */
static bool
is_glue(const struct seam *seam)
{
	const struct str text = seam->txt->joined;
	const size_t from = piece_start(text, seam->floor, seam->at);
	const struct str left = str_slice(text, from, seam->at);
	const struct str right = piece_behind(text, seam->at);
	const struct str both = str_slice(text, from, seam->at + right.len);
	if (left.len == 0 || right.len == 0) {
		return false;
	}
	/*
	 * A long record may well be cut inside a term: then what follows
	 * does not begin as a term, or the whole is one.
	 */
	const bool begins = spf_begins_as_term(right) ||
			    (spf_is_term(right) && !spf_is_term(both));
	const bool version = from == 0 && str_eq_nocase(left, STR("v=spf1"));
	return begins && (version || spf_is_term(left));
}

/** Moves on to the next place where a blank is missing. */
static bool
seam_next(struct seam *seam)
{
	const struct rr_txt *txt = seam->txt;
	while (seam->next < txt->strings) {
		seam->at = txt->ends[seam->next - 1];
		seam->next++;
		if (is_glue(seam)) {
			seam->floor = seam->at;
			return true;
		}
	}
	return false;
}

bool
spf_is_glued(const struct rr_txt *txt, size_t *ret_at)
{
	struct seam seam = { .txt = txt, .next = 1 };
	if (!seam_next(&seam)) {
		return false;
	}
	assert(seam.at > 0 && seam.at < txt->joined.len);
	*ret_at = seam.at;
	return true;
}

struct str
spf_unglued(struct arena *arena, const struct rr_txt *txt)
{
	struct buf to = buf_new(arena);
	struct seam seam = { .txt = txt, .next = 1 };
	size_t from = 0;
	while (seam_next(&seam)) {
		buf_add(&to, str_slice(txt->joined, from, seam.at));
		buf_addc(&to, ' ');
		from = seam.at;
	}
	buf_add(&to, str_from(txt->joined, from));
	return buf_str(&to);
}
