/* SPDX-License-Identifier: MIT */
/*
 * One record, judged from every side that is asked: at each of the zone's
 * own servers, then at the resolvers. What differs between them is a finding
 * of its own: servers that disagree, or a change that is not visible yet.
 */
#ifndef DIAGNOSIS_RECORD_H
#define DIAGNOSIS_RECORD_H

#include "checks/check.h"
#include "walks/zone_view.h"

struct look;
struct patterns;

/** Whom to ask. */
struct sides {
	enum view view;
	struct authority_given given;      /* instead of the delegated ones */
	const struct server_addr *compare; /* further resolvers to look at */
	size_t compare_len;
};

/**
 * Judges *subject* (whose sight is not used) and looks for the cause of
 * what is wrong. *out* is empty and has its arena in findings.
 */
void record_judge(struct look *look, const struct sides *sides,
    struct patterns *patterns, const struct subject *subject,
    struct judgement *out);

#endif
