/* SPDX-License-Identifier: MIT */
/*
 * What the files of render_json.c share: members by their kind. Raw text
 * from strangers is escaped here and nowhere else.
 */
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

#include "base/jsonout.h"
#include "base/str.h"
#include "diagnosis/verdict.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct patterns;
struct report;

/** A report on its way to JSON. */
struct writer {
	struct jsonout json;
	struct arena *arena; /* for what is escaped on the way */
	struct patterns *patterns;
};

/** Writes raw text from strangers. */
void write_raw(struct writer *to, struct str text);

/** Writes raw text, or null if it is empty. */
void write_raw_or_null(struct writer *to, struct str text);

/** A member whose value is text of our own. */
void key_text(struct writer *to, const char *key, struct str text);

/** The same, null if it is empty. */
void key_text_or_null(struct writer *to, const char *key, struct str text);

/** A member whose value is one of our words. */
void key_word(struct writer *to, const char *key, const char *word);

/** A member whose value is a number. */
void key_number(struct writer *to, const char *key, int64_t number);

/** The same, null if it is negative. */
void key_number_or_null(struct writer *to, const char *key, int64_t number);

/** A member that is true or false. */
void key_bool(struct writer *to, const char *key, bool value);

/** A member that is true, false or null. */
void key_maybe(struct writer *to, const char *key, enum maybe value);

/** A member that is a time (RFC 3339), null if it is negative. */
void key_time_or_null(struct writer *to, const char *key, int64_t seconds);

/** The member "type". */
void key_type(struct writer *to, enum rrtype type);

/** A member whose value is that of a record of *type*. */
void key_value(
    struct writer *to, const char *key, enum rrtype type, struct str value);

/** A member that is an array of *len* texts of our own. */
void key_texts(
    struct writer *to, const char *key, const struct str *texts, size_t len);

/** A member that is an array of *len* raw texts. */
void key_raws(
    struct writer *to, const char *key, const struct str *texts, size_t len);

/** The members zone, propagation, spf, dmarc, not_checked and queries. */
void write_facts(struct writer *to, const struct report *report);

#endif
