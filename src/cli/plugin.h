/* SPDX-License-Identifier: MIT */
/*
 * The command line of monitoring plugins. Called as check_ivycheck, the
 * program takes the options that all plugins take in the meaning that they
 * have there; all others are those of ivycheck.
 */
#ifndef CLI_PLUGIN_H
#define CLI_PLUGIN_H

#include <stdbool.h>

struct arena;
struct err;
struct options;

/** True if *called*, argv[0], is the name of the plugin. */
bool plugin_is_called(const char *called);

/** Like options_parse(), for the command line of the plugin. */
bool plugin_parse(struct arena *arena, int argc, char **argv,
    struct options *ret, struct err *reterr);

#endif
