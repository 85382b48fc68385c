/* SPDX-License-Identifier: MIT */
/*
 * What commands about one record tell: a sheet for people, or JSON, and the
 * marked part of a record. Raw text from strangers is escaped here.
 */
#ifndef CMD_SHEET_H
#define CMD_SHEET_H

#include "base/buf.h"
#include "base/str.h"
#include "cli/exit.h"
#include "report/json_parts.h"
#include "report/layout.h"
#include "report/marks.h"
#include "text/patterns.h"

struct session;

struct sheet {
	struct session *session;
	struct buf to;
	struct page page;     /* for people */
	struct writer writer; /* for JSON */
};

/** An empty sheet, whose memory is the session's. */
void sheet_open(struct session *session, struct sheet *ret);

/** True if JSON is wanted. */
bool sheet_is_json(const struct sheet *sheet);

/** The first line: how it is, and a sentence without its full stop. */
void sheet_headline(struct sheet *sheet, enum mark mark, struct str text);

/** A heading, after an empty line. */
void sheet_heading(struct sheet *sheet, const char *heading);

/** A line of *label* and text of our own, which is never broken. */
void sheet_field(struct sheet *sheet, const char *label, struct str text);

/** The same with raw text. */
void sheet_raw(struct sheet *sheet, const char *label, struct str raw);

/** A line of raw text, which is never broken: it is to be copied. */
void sheet_copy(struct sheet *sheet, struct str raw);

/** A sentence of our own in lines that fit. */
void sheet_say(struct sheet *sheet, struct str sentence);

/** How one thing is: a mark and a sentence of our own. */
void sheet_remark(struct sheet *sheet, enum mark mark, struct str sentence);

/** The part *span* of the raw *record*, with what stands around it. */
void sheet_part(struct sheet *sheet, struct str record, struct span span);

/** The member "span" of JSON: code points of the shown *record*. */
void sheet_key_span(struct sheet *sheet, struct str record, struct span span);

/** Ends the sheet, writes it, and gives *code*, or what went wrong. */
enum exit_code sheet_write(struct sheet *sheet, enum exit_code code);

#endif
