/* SPDX-License-Identifier: MIT */
/* What the command dkim found out, and telling it. */
#ifndef CMD_DKIM_FACTS_H
#define CMD_DKIM_FACTS_H

#include "base/str.h"
#include "cli/exit.h"
#include "dns/answer.h"
#include "dns/name.h"
#include "mail/dkim_key.h"

struct session;

struct dkim_facts {
	struct name name;            /* "no name": only a record was given */
	struct str text;             /* of the record; empty: none */
	const struct answer *answer; /* NULL: nobody was asked */
	const struct dkim_key *key;  /* what text says; or NULL */
};

/** Tells *facts* in the form that was asked for; the exit code for it. */
enum exit_code dkim_tell(struct session *session, struct dkim_facts *facts);

#endif
