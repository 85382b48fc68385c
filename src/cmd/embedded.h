/* SPDX-License-Identifier: MIT */
/*
 * Files of doc/ that the program carries with it: the list is
 * EMBEDDED_FILES in cmd/Makefile.inc, from which embed.awk makes
 * cmd/embedded_files.def.
 */
#ifndef CMD_EMBEDDED_H
#define CMD_EMBEDDED_H

#include "base/str.h"

#include <stdbool.h>

/**
 * The content of *name* in the folder *folder* of doc/; false if there is
 * none.
 * ("findings", "dkim-no-key.md")
 */
bool embedded_find(struct str folder, struct str name, struct str *ret);

#endif
