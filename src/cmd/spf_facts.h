/* SPDX-License-Identifier: MIT */
/* What the command spf found out, and telling it. */
#ifndef CMD_SPF_FACTS_H
#define CMD_SPF_FACTS_H

#include "base/str.h"
#include "base/vec.h"
#include "checks/check.h"
#include "cli/exit.h"
#include "dns/answer.h"
#include "dns/name.h"
#include "walks/spf_eval.h"
#include "walks/spf_tree.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct look;
struct session;
struct sheet;

/** Addresses that pass, by one term. */
struct spf_network {
	struct addr addr;
	uint8_t bits;
	const struct spf_term *term; /* in whose */
	struct name domain;          /* record it stands; may be "no name" */
};

/** Networks, record by record. */
struct spf_networks VEC(struct spf_network);

struct spf_facts {
	struct name domain; /* "no name": only a record was given */
	struct str given;   /* the record that was given; or empty */
	bool has_mail;      /* --ip: there is a mail to judge */
	struct spf_mail mail;
	/* What came of it. */
	const struct answer *answer;  /* TXT at the domain, or the given one */
	struct judgement judged;      /* what is wrong with the record */
	struct spf_verdict verdict;   /* of has_mail */
	struct spf_networks networks; /* if they are wanted */
};

/** Tells *facts* in the form that was asked for; the exit code for it. */
enum exit_code spf_tell(struct session *session, const struct spf_facts *facts);

/** The text that is told of: the only record, or the first; or empty. */
struct str spf_facts_record(const struct spf_facts *facts);

/** The tree of the record, or NULL. */
const struct spf_node *spf_facts_tree(const struct spf_facts *facts);

/** What keeps there from being a record, in words; NULL if there is one. */
const char *spf_facts_absence(const struct spf_facts *facts);

/** True if receivers can make use of the record, whomever it allows. */
bool spf_facts_valid(const struct spf_facts *facts);

/** True if DNS could not be asked for what matters. */
bool spf_facts_unknown(const struct spf_facts *facts);

/** True if *finding* tells of the record as such, and not of Amazon SES. */
bool spf_finding_counts(const struct finding *finding);

/** The title, the detail or the fix of *finding*: a text of its row. */
struct str spf_finding_text(struct arena *arena, const struct spf_facts *facts,
    const struct finding *finding, const char *template);

/** Adds *facts* to *sheet* as JSON ("ivycheck/spf/1"). */
void spf_tell_json(struct sheet *sheet, const struct spf_facts *facts);

/** Adds *facts* to *sheet* for people. */
void spf_tell_text(struct sheet *sheet, const struct spf_facts *facts);

/** Adds the tree of the record and what it costs to *sheet*. */
void spf_tell_tree(struct sheet *sheet, const struct spf_facts *facts);

/**
 * Finds the networks that pass by *walk*: those that are written down, and
 * the addresses behind a and mx. In a task; see look/look.h.
 */
struct spf_networks spf_networks_find(
    struct look *look, const struct sight *sight, const struct spf_walk *walk);

/** Adds the networks that the record allows, and their sum, to *sheet*. */
void spf_tell_networks(struct sheet *sheet, const struct spf_facts *facts);

#endif
