/* SPDX-License-Identifier: MIT */
/* The word by which receivers know a DMARC record: RFC 9989 4.7 (v). */
#ifndef MAIL_DMARC_VERSION_H
#define MAIL_DMARC_VERSION_H

#include "mail/dmarc.h"
#include "mail/taglist.h"

/** True if *list* begins with v=DMARC1, exactly and at the first byte. */
bool dmarc_version_is_right(const struct taglist *list);

/**
 * For a text that does not: true if it is clearly meant as a DMARC record,
 * with what is wrong at its beginning.
 */
bool dmarc_version_meant(struct str text, const struct taglist *list,
    struct dmarc_remark *ret_remark);

#endif
