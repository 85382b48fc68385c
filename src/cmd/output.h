/* SPDX-License-Identifier: MIT */
/*
 * Where results go: stdout, or a file that gets its name only when it is
 * complete. Files that are read are here too.
 */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct err;
struct output;

/**
 * Opens *path*; empty and "-" are stdout. A file is written under another
 * name beside it, with the rights of the one that it replaces; what is no
 * plain file (a device, a pipe) is written as it is. In *arena*.
 */
bool output_open(struct arena *arena, struct str path, struct output **ret,
    struct err *reterr);

/** Lets everyone read the file, whatever the umask; other programs will. */
bool output_share(struct output *output, struct err *reterr);

/**
 * A plain file that is not written beside gets whole lines only from now on,
 * even if this process is killed. output_settle() must follow.
 */
bool output_part(struct output *output, struct err *reterr);

/** Writes all of *text* at once, without a buffer. */
bool output_write(struct output *output, struct str text, struct err *reterr);

/** True if nobody reads what is written any more. */
bool output_is_gone(const struct output *output);

/**
 * Waits for what is written by another process. False with *reterr* if not
 * all of it could be written.
 */
bool output_settle(struct output *output, struct err *reterr);

/** Makes sure that all is written, and gives the file its name. */
bool output_complete(struct output *output, struct err *reterr);

/** Closes it; a file that was not completed goes. Sets it to NULL. */
void output_close(struct output **output);

/** Writes *content* to the file *path*, whole or not at all. */
bool file_write(struct arena *arena, struct str path, struct str content,
    struct err *reterr);

/**
 * Reads the file *path* ("-" is stdin) of at most *most* bytes into *arena*.
 */
bool file_read(struct arena *arena, struct str path, size_t most,
    struct str *ret, struct err *reterr);

/** How messages call the file *path*: stdin for "-". */
struct str file_shown(struct str path);

#endif
