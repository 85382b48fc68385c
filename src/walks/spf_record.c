/* SPDX-License-Identifier: MIT */
/* A record is read as a function of its text alone, so once is enough. */
#include "walks/spf_record.h"

#include "look/look.h"

#include <assert.h>

static const void *
record_make(struct arena *arena, const void *part)
{
	const struct rr *rr = part;
	return spf_parse(arena, rr->rdata.txt.joined);
}

const struct spf_record *
spf_record_of(struct look *look, const struct rr *rr)
{
	assert(rr->type == RRTYPE_TXT);
	return look_made(look, record_make, rr);
}
