/* SPDX-License-Identifier: MIT */
/* The well-formed byte sequences of RFC 3629 4, and no others. */
#include "text/utf8.h"

#include <assert.h>

/** The sequences that begin with the bytes first to last. */
struct lead {
	unsigned char first;
	unsigned char last;
	unsigned char more; /* bytes that follow */
	unsigned char low;  /* bounds of the first of them */
	unsigned char high;
	unsigned char bits; /* of the lead that count */
};

static const struct lead LEADS[] = {
	{ 0x00, 0x7f, 0, 0, 0, 0x7f }, { 0xc2, 0xdf, 1, 0x80, 0xbf, 0x1f },
	{ 0xe0, 0xe0, 2, 0xa0, 0xbf, 0x0f }, /* no overlong forms */
	{ 0xe1, 0xec, 2, 0x80, 0xbf, 0x0f },
	{ 0xed, 0xed, 2, 0x80, 0x9f, 0x0f }, /* no surrogates */
	{ 0xee, 0xef, 2, 0x80, 0xbf, 0x0f },
	{ 0xf0, 0xf0, 3, 0x90, 0xbf, 0x07 },
	{ 0xf1, 0xf3, 3, 0x80, 0xbf, 0x07 },
	{ 0xf4, 0xf4, 3, 0x80, 0x8f, 0x07 }, /* up to U+10FFFF */
};

static const struct lead *
lead_of(unsigned char byte)
{
	for (size_t i = 0; i < sizeof(LEADS) / sizeof(*LEADS); i++) {
		if (byte >= LEADS[i].first && byte <= LEADS[i].last) {
			return &LEADS[i];
		}
	}
	return NULL;
}

/** Reads the character that *lead* begins at the start of *text*. */
static bool
read_char(struct str text, const struct lead *lead, uint32_t *ret_point)
{
	uint32_t point = (unsigned char)text.at[0] & lead->bits;
	if (text.len <= lead->more) {
		return false;
	}
	for (size_t i = 1; i <= lead->more; i++) {
		const unsigned char byte = (unsigned char)text.at[i];
		const unsigned char low = i == 1 ? lead->low : 0x80;
		const unsigned char high = i == 1 ? lead->high : 0xbf;
		if (byte < low || byte > high) {
			return false;
		}
		point = point << 6 | (byte & 0x3f);
	}
	*ret_point = point;
	return true;
}

bool
utf8_next(struct str text, size_t *at, struct utf8_char *ret)
{
	assert(*at <= text.len);
	if (*at == text.len) {
		return false;
	}
	const unsigned char first = (unsigned char)text.at[*at];
	const struct lead *lead = lead_of(first);
	*ret = (struct utf8_char){
		.point = first,
		.from = *at,
		.to = *at + 1,
	};
	if (lead && read_char(str_from(text, *at), lead, &ret->point)) {
		ret->valid = true;
		ret->to = *at + 1 + lead->more;
	}
	*at = ret->to;
	return true;
}

size_t
utf8_length(struct str text)
{
	struct utf8_char c;
	size_t at = 0;
	size_t length = 0;
	while (utf8_next(text, &at, &c)) {
		length++;
	}
	return length;
}
