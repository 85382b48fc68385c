/* SPDX-License-Identifier: MIT */
/* What the command dmarc found out, and telling it. */
#ifndef CMD_DMARC_FACTS_H
#define CMD_DMARC_FACTS_H

#include "base/str.h"
#include "cli/exit.h"
#include "walks/dmarc.h"

struct session;
struct sheet;

struct dmarc_facts {
	struct name domain;         /* "no name": only a record was given */
	struct str given;           /* the record that was given; or empty */
	struct dmarc_walk *walk;    /* NULL: nobody was asked */
	const struct dmarc *dmarc;  /* the record that is told of; or NULL */
	const struct dmarc *almost; /* it, if it only is meant as one */
};

/** Tells *facts* in the form that was asked for; the exit code for it. */
enum exit_code dmarc_tell(struct session *session, struct dmarc_facts *facts);

/** True if DNS could not be asked for what matters. */
bool dmarc_is_unknown(const struct dmarc_facts *facts);

/** What keeps there from being a record, in words; NULL if there is one. */
const char *dmarc_absence(const struct dmarc_facts *facts);

/** What *remark* says, in a sentence or two. */
struct str dmarc_remark_words(
    struct arena *arena, const struct dmarc_remark *remark);

/** The policies for the domain, below it, and for names that do not exist. */
struct dmarc_effects {
	enum dmarc_policy self;
	enum dmarc_policy below;
	enum dmarc_policy nowhere;
};

/** What *facts* amount to. */
struct dmarc_effects dmarc_effects_of(const struct dmarc_facts *facts);

/** The target of *uri* among those that were asked about, or NULL. */
const struct dmarc_target *dmarc_target_of(
    const struct dmarc_facts *facts, const struct dmarc_uri *uri);

/** Adds *facts* to *sheet* as JSON ("ivycheck/dmarc/1"). */
void dmarc_tell_json(struct sheet *sheet, const struct dmarc_facts *facts);

/** Adds *facts* to *sheet* for people. */
void dmarc_tell_text(struct sheet *sheet, const struct dmarc_facts *facts);

#endif
