/* SPDX-License-Identifier: MIT */
/*
 * A master file as a row of entries, one a record or directive: lines joined
 * over parentheses, comments gone (RFC 1035 5.1).
 * Must never know what an entry means.
 */
#ifndef DNS_ZONEFILE_SCAN_H
#define DNS_ZONEFILE_SCAN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** One record or directive in one line. */
struct zonefile_entry {
	struct str text; /* quotes and escapes as they were; may be empty */
	unsigned line;   /* where it begins */
	bool indented;   /* no owner: that of the record before */
	bool cut;        /* an unquoted semicolon began a comment */
};

/** A file while it is read; begins with arena, content and line 1. */
struct zonefile_scan {
	struct arena *arena;
	struct str content;
	size_t at; /* offset of what comes next */
	unsigned line;
	const char *fault; /* what is wrong; NULL: nothing so far */
	size_t fault_at;   /* offset of what is wrong */
};

/** Reads the next entry; false at the end, or with scan->fault. */
bool zonefile_scan_next(struct zonefile_scan *scan, struct zonefile_entry *ret);

/**
 * Cuts the next word off the front of *rest*; quotes and escapes belong to
 * it. Empty at the end.
 */
struct str zonefile_word_cut(struct str *rest);

/**
 * Cuts the next character-string off the front of *rest* and gives it bare
 * of quotes and escapes, in *arena*. False at the end, or with *ret_fault*
 * if an escape is none.
 */
bool zonefile_string_cut(struct arena *arena, struct str *rest, struct str *ret,
    const char **ret_fault);

#endif
