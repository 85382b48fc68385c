/* SPDX-License-Identifier: MIT */
/*
 * Whether the reports that a DMARC record asks for arrive: the consent of
 * other organisations (RFC 9990 4, RFC 9991 5), and domains that take mail
 * (RFC 5321 5.1, RFC 7505).
 */
#ifndef WALKS_DMARC_REPORTS_H
#define WALKS_DMARC_REPORTS_H

#include "walks/dmarc.h"

enum {
	DMARC_MAX_TARGETS = 10, /* domains that are asked about */
};

/**
 * Fills the targets of *walk*, which has found a record; false while not all
 * is known. With *own* it is asked too whether the domain of the record
 * itself takes mail.
 */
bool dmarc_reports_find(struct look *look, const struct sight *sight, bool own,
    struct dmarc_walk *walk);

/** True if *target* belongs to another organisation than the record. */
bool dmarc_target_is_foreign(const struct dmarc_target *target);

#endif
