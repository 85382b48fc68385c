/* SPDX-License-Identifier: MIT */
/*
 * What Amazon SES is known by in SPF records: the name under which its
 * senders are published, what is mistaken for it, and its networks.
 */
#ifndef MAIL_SES_H
#define MAIL_SES_H

#include "dns/addr.h"
#include "dns/name.h"
#include "mail/spf.h"

#include <stdbool.h>

/** The name under which SES publishes its senders. */
#define SES_SPF_DOMAIN "amazonses.com"

/** True if *name* is that. */
bool spf_name_is_ses(struct name name);

/** True if *name* was meant to be that, but is not. */
bool spf_name_is_lookalike(struct name name);

/** True if *term* includes SES's record or redirects to it. */
bool spf_term_is_ses(const struct spf_term *term);

/** True if *term* is an address or network of SES, copied from there. */
bool spf_term_copies_ses(const struct spf_term *term);

/** An address from which SES sends. */
struct addr spf_ses_sample(void);

#endif
