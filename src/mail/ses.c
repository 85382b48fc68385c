/* SPDX-License-Identifier: MIT */
/* What SES is known by: the name of its record, and its networks. */
#include "mail/ses.h"

#include "text/distance.h"

#include <string.h>

enum {
	NEAR = 2, /* wrong letters in a name that was meant as SES's */
};

/*
 * The networks of SES's senders, for recognising copies of them where the
 * record itself cannot be asked for. As amazonses.com published them in 2025.
 */
static const struct network {
	uint8_t bytes[4];
	uint8_t bits;
} NETWORKS[] = {
	{ { 199, 255, 192, 0 }, 22 },
	{ { 199, 127, 232, 0 }, 22 },
	{ { 54, 240, 0, 0 }, 18 },
	{ { 69, 169, 224, 0 }, 20 },
	{ { 23, 249, 208, 0 }, 20 },
	{ { 23, 251, 224, 0 }, 19 },
	{ { 76, 223, 176, 0 }, 20 },
	{ { 54, 240, 64, 0 }, 18 },
	{ { 76, 223, 128, 0 }, 19 },
	{ { 216, 221, 160, 0 }, 19 },
	{ { 206, 55, 144, 0 }, 20 },
};

static bool
ends_in(struct name name, const char *second, const char *first)
{
	const size_t labels = name_labels(name);
	return labels >= 2 &&
	       str_eq(name_label(name, labels - 2), str_of(second)) &&
	       str_eq(name_label(name, labels - 1), str_of(first));
}

bool
spf_name_is_ses(struct name name)
{
	return name_labels(name) == 2 && ends_in(name, "amazonses", "com");
}

bool
spf_term_is_ses(const struct spf_term *term)
{
	return (term->kind == SPF_INCLUDE || term->kind == SPF_REDIRECT) &&
	       name_is_set(term->name) && spf_name_is_ses(term->name);
}

/** True if a label of *name* is *word*. */
static bool
has_label(struct name name, struct str word)
{
	const size_t labels = name_labels(name);
	for (size_t i = 0; i < labels; i++) {
		if (str_eq(name_label(name, i), word)) {
			return true;
		}
	}
	return false;
}

bool
spf_name_is_lookalike(struct name name)
{
	const size_t labels = name_labels(name);
	if (labels < 2 || spf_name_is_ses(name)) {
		return false;
	}
	if (ends_in(name, "amazonaws", "com") ||
	    (ends_in(name, "amazon", "com") && has_label(name, STR("ses")))) {
		return true;
	}
	if (has_label(name, STR("amazonses"))) {
		return true;
	}
	/* Of longer names only the last two labels are compared. */
	const struct name end = name_suffix(name, 2);
	const struct str brand = name_label(end, 0);
	const struct str top = name_label(end, 1);
	const size_t wrong = text_distance(brand, STR("amazonses"), NEAR);
	return wrong + text_distance(top, STR("com"), NEAR) <= NEAR &&
	       brand.len + NEAR > strlen("amazonses");
}

static bool
is_inside(const struct spf_term *term, const struct network *network)
{
	struct addr outer = { .family = ADDR_V4 };
	memcpy(outer.bytes, network->bytes, sizeof(network->bytes));
	for (unsigned i = 0; i < network->bits; i++) {
		const unsigned mask = 0x80U >> (i % 8);
		if ((term->addr.bytes[i / 8] ^ outer.bytes[i / 8]) & mask) {
			return false;
		}
	}
	return term->bits4 >= network->bits;
}

bool
spf_term_copies_ses(const struct spf_term *term)
{
	const size_t count = sizeof(NETWORKS) / sizeof(*NETWORKS);
	for (size_t i = 0; i < count; i++) {
		if (term->kind == SPF_IP4 && is_inside(term, &NETWORKS[i])) {
			return true;
		}
	}
	return false;
}

struct addr
spf_ses_sample(void)
{
	struct addr addr = { .family = ADDR_V4 };
	memcpy(addr.bytes, NETWORKS[0].bytes, sizeof(NETWORKS[0].bytes));
	return addr;
}
