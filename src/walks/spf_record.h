/* SPDX-License-Identifier: MIT */
/*
 * The SPF records among answers, each read once in a look.
 */
#ifndef WALKS_SPF_RECORD_H
#define WALKS_SPF_RECORD_H

#include "dns/rr.h"
#include "mail/spf.h"

struct look;

/**
 * What *rr*, a TXT in an answer of *look* whose text is spf_is_record(),
 * says.
 */
const struct spf_record *spf_record_of(struct look *look, const struct rr *rr);

#endif
