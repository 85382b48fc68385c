/* SPDX-License-Identifier: MIT */
/*
 * Domain names (RFC 1035 3.1): a sequence of labels of any bytes, compared
 * without case (RFC 4343). A name is kept in wire form, in lower case, so
 * equal names are equal bytes. Text form is lower case without final dot.
 * Must never know how names get on or off the wire compressed.
 */
#ifndef DNS_NAME_H
#define DNS_NAME_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	NAME_MAX_WIRE = 255, /* RFC 1035 2.3.4, with the root's zero byte */
	NAME_MAX_LABEL = 63,
	NAME_MAX_LABELS = 127,
};

/** A value; len 0 means "no name", which is not the root (len 1). */
struct name {
	const uint8_t *wire; /* lives where the name was made */
	size_t len;          /* in bytes, the root's zero byte included */
};

/** What is wrong with a text that is no name. */
enum name_fault {
	NAME_OK,
	NAME_EMPTY,          /* nothing there */
	NAME_EMPTY_LABEL,    /* two dots together, or a dot first */
	NAME_LABEL_TOO_LONG, /* over 63 bytes */
	NAME_TOO_LONG,       /* over 255 bytes */
	NAME_BAD_ESCAPE,     /* a backslash that RFC 1035 5.1 does not allow */
};

/**
 * Reads a name in text form, with or without final dot, with \DDD and \X
 * escapes (RFC 1035 5.1), into *arena*. "." is the root.
 */
enum name_fault name_parse(
    struct arena *arena, struct str text, struct name *ret_name);

/**
 * Reads a name whose labels stand between dots, in *arena*: a backslash is a
 * byte like any other. "No name" if there is no such name.
 */
struct name name_unescaped(struct arena *arena, struct str text);

/** Reads a name of our own that is known to be right. */
struct name name_of(struct arena *arena, const char *text);

/** Says what *fault* means, as the end of a sentence ("has an empty label"). */
const char *name_fault_text(enum name_fault fault);

/**
 * Takes *len* bytes of an uncompressed wire name, lower-cased into *arena*.
 * They must have been checked.
 */
struct name name_from_wire(
    struct arena *arena, const uint8_t *wire, size_t len);

/** A copy of *name*, which may be "no name", in *arena*. */
struct name name_copy(struct arena *arena, struct name name);

/** True if this is a name (also the root), false for "no name". */
bool name_is_set(struct name name);

/** True for the root. */
bool name_is_root(struct name name);

/** True if both are the same name. */
bool name_equal(struct name a, struct name b);

/** True if *name* is *above* or stands below it; every name is below root. */
bool name_is_under(struct name name, struct name above);

/** How many labels there are, the root not counted. */
size_t name_labels(struct name name);

/** The name without its first label; the root's parent is "no name". */
struct name name_parent(struct name name);

/** The bytes of the label *index*, counted from the left; empty past the end.
 */
struct str name_label(struct name name, size_t index);

/** The last *labels* labels of *name*; all of it if it has fewer. */
struct name name_suffix(struct name name, size_t labels);

/**
 * Puts the labels of *left* in front of *right*, in *arena*. "No name" if
 * that would be longer than a name may be.
 */
struct name name_join(struct arena *arena, struct name left, struct name right);

/**
 * Puts the one label *label* in front of *right*, in *arena*; "no name" if
 * it does not fit.
 */
struct name name_prepend(
    struct arena *arena, struct str label, struct name right);

/**
 * The labels that *name* has left of *above*, as a name of their own;
 * the root if they are equal, "no name" if it is not under *above*.
 */
struct name name_relative(
    struct arena *arena, struct name name, struct name above);

/**
 * Text form in *arena*: lower case, no final dot; "." for the root. A blank
 * is \032, a dot in a label \046, a backslash \092, and every byte that is
 * not printable ASCII \DDD, so it is safe to print anywhere.
 */
struct str name_text(struct arena *arena, struct name name);

/** A hash of the name for tables. */
uint32_t name_hash(struct name name);

/** Orders names by their labels from the right (RFC 4034 6.1). */
int name_cmp(struct name a, struct name b);

#endif
