/* SPDX-License-Identifier: MIT */
/* What the program tells of itself. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cli/exit.h"

struct session;

/** The short usage, on stderr, for a call that says nothing: exit code 2. */
enum exit_code help_usage(struct session *session);

/** -h: the commands and options, or those of the command that was given. */
enum exit_code help_options(struct session *session);

/** -V: the version, the libraries it was built with, and its features. */
enum exit_code help_version(struct session *session);

/** -h of check_ivycheck, which then ends with "unknown". */
enum exit_code help_plugin(struct session *session);

/** -V of check_ivycheck, which ends so too. */
enum exit_code help_plugin_version(struct session *session);

#endif
