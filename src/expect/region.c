/* SPDX-License-Identifier: MIT */
/*
 * SES regions. Which of them keep their DKIM keys in a zone of their own is
 * not published as one table; the list grows, so a check asks both zones
 * when the one that is expected has no key.
 */
#include "expect/expect.h"

#include "base/arena.h"

#include <assert.h>

/* Regions with "dkim.REGION.amazonses.com"; all others share one zone. */
static const char *const OWN_ZONE[] = {
	"af-south-1",
	"ap-northeast-3",
	"ap-south-2",
	"ap-southeast-3",
	"ap-southeast-5",
	"ca-west-1",
	"eu-central-2",
	"eu-south-1",
	"il-central-1",
	"me-central-1",
	"us-gov-east-1",
};

struct name
expect_dkim_zone(struct arena *arena, struct str region)
{
	assert(arena);
	for (size_t i = 0; i < sizeof(OWN_ZONE) / sizeof(*OWN_ZONE); i++) {
		if (str_eq(region, str_of(OWN_ZONE[i]))) {
			const struct str zone = str_print(
			    arena, "dkim.%s.amazonses.com", OWN_ZONE[i]);
			return name_of(arena, zone.at);
		}
	}
	return name_of(arena, "dkim.amazonses.com");
}

static bool
is_word(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < 'a' || text.at[i] > 'z') {
			return false;
		}
	}
	return text.len > 0;
}

bool
region_is_shaped(struct str text)
{
	struct str part[4];
	size_t parts = 0;
	unsigned long number = 0;
	while (parts < 4 && str_split(&text, '-', &part[parts])) {
		parts++;
	}
	if (text.at || parts < 3 || part[0].len != 2 || !is_word(part[0]) ||
	    !is_word(part[1])) {
		return false;
	}
	if (parts == 4 && (!str_eq(part[1], STR("gov")) || !is_word(part[2]))) {
		return false;
	}
	return str_number(part[parts - 1], 99, &number) && number > 0;
}
