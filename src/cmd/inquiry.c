/* SPDX-License-Identifier: MIT */
/* One task at one source. */
#include "cmd/inquiry.h"

#include "cmd/session.h"

#include <assert.h>

bool
inquiry_open(struct session *session, struct inquiry *ret, struct err *reterr)
{
	*ret = (struct inquiry){ .session = session };
	if (!asking_sides(session, VIEW_RESOLVER, &ret->sides, reterr) ||
	    !asking_open(session, &ret->asked, reterr)) {
		return false;
	}
	ret->look = look_open(session->arena, ret->asked.source, session->now);
	return true;
}

void
inquiry_run(struct inquiry *inquiry, const struct task *task)
{
	assert(inquiry->look);
	look_add(inquiry->look, task);
	look_run(inquiry->look);
}

bool
inquiry_sight(const struct inquiry *inquiry, struct look *look,
    struct name domain, struct zone_view *zone, struct sight *ret)
{
	const struct sides *sides = &inquiry->sides;
	*ret = (struct sight){ .authority = NULL };
	if (sides->view == VIEW_RESOLVER) {
		return true;
	}
	if (!zone_view_find(look, domain, sides->view, sides->given, zone)) {
		return false;
	}
	if (zone->own_side) {
		ret->authority = &zone->authority;
		ret->server = authority_first_sound(&zone->authority);
	}
	return true;
}

bool
inquiry_close(struct inquiry *inquiry, struct name domain, struct err *reterr)
{
	asking_keep(inquiry->session, &inquiry->asked, domain,
	    look_ledger(inquiry->look));
	look_close(inquiry->look);
	return asking_close(inquiry->session, &inquiry->asked, reterr);
}
