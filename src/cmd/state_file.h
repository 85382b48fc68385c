/* SPDX-License-Identifier: MIT */
/*
 * The file that remembers results, ivycheck/state/1: a head and then a line
 * a domain, each a JSON object (see doc/state.md). It is replaced whole, under
 * a lock, so whenever a run is ended there is an old file or a new one.
 */
#ifndef CMD_STATE_FILE_H
#define CMD_STATE_FILE_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct buf;
struct err;
struct state;
struct state_entry;

/** A file that is locked. */
struct state_file;

/**
 * Locks the file *path*, which need not be there, by one beside it. It waits
 * for another run, but not for ever. In *arena*; NULL with *reterr* if it
 * cannot be locked, which is so too where nothing can be written.
 */
struct state_file *state_file_lock(
    struct arena *arena, struct str path, struct err *reterr);

/**
 * Reads the file into *state*, which is empty. One that is damaged is put
 * aside under another name: *ret_aside* is a sentence that says so, else
 * empty. False with *reterr* if it cannot be read at all.
 */
bool state_file_read(struct state_file *file, struct state *state,
    struct str *ret_aside, struct err *reterr);

/** Writes *state* in the place of the file. */
bool state_file_write(
    struct state_file *file, const struct state *state, struct err *reterr);

/** Gives the lock back and sets it to NULL; NULL is allowed. */
void state_file_unlock(struct state_file **file);

/** Reads the first line; false with *reterr*: it is none of this version. */
bool state_head_read(
    struct str line, unsigned long *ret_domains, struct err *reterr);

/** Reads what *line* says of a domain into *state*; false: it is damaged. */
bool state_line_read(struct str line, struct state *state);

/** Writes the first line. */
void state_head_write(unsigned long domains, struct buf *to);

/** Writes the line of *entry*, of which something is known. */
void state_line_write(const struct state_entry *entry, struct buf *to);

#endif
