/* SPDX-License-Identifier: MIT */
/*
 * Rewrites the command line of a plugin as one of ivycheck:
 * "-H D -t 10 -w 0" becomes "check -f nagios --deadline 10 D", and what only
 * plugins have is kept aside.
 */
#include "cli/plugin.h"

#include "base/arena.h"
#include "base/err.h"
#include "cli/options.h"

#include <assert.h>
#include <string.h>

/** Options that have another meaning here, or none in ivycheck. */
enum plugin_option {
	PLUGIN_HOSTNAME,
	PLUGIN_WARNING,
	PLUGIN_CRITICAL,
	PLUGIN_TIMEOUT,
	PLUGIN_VERBOSE,
	PLUGIN_OPTIONS, /* how many there are; also: one of ivycheck */
};

struct plugin_row {
	const char *letter;
	const char *name;
	bool takes; /* a value */
};

static const struct plugin_row ROWS[PLUGIN_OPTIONS] = {
	[PLUGIN_HOSTNAME] = { "-H", "--hostname", true },
	[PLUGIN_WARNING] = { "-w", "--warning", true },
	[PLUGIN_CRITICAL] = { "-c", "--critical", true },
	[PLUGIN_TIMEOUT] = { "-t", "--timeout", true },
	[PLUGIN_VERBOSE] = { "-v", "--verbose", false },
};

enum {
	MOST_VERBOSE = 2, /* plugins go up to -vvv, ivycheck to -vv */
};

/** A command line while it is rewritten. */
struct rewriting {
	struct arena *arena;
	char **given; /* what is left of it, ended by NULL */
	struct VEC(char *) words;
	struct str warning;
	struct str critical;
	unsigned verbose;
};

bool
plugin_is_called(const char *called)
{
	const char *slash = called ? strrchr(called, '/') : NULL;
	const struct str name = str_of(slash ? slash + 1 : called);
	return str_eq(name, STR("check_ivycheck"));
}

static void
word_add(struct rewriting *to, struct str word)
{
	vec_push(to->arena, &to->words,
	    (char *)arena_copy(to->arena, word.at, word.len));
}

/** Which option *word* is; its value, if it has one in itself. */
static enum plugin_option
option_of(struct str word, struct str *ret_value)
{
	*ret_value = (struct str){ 0 };
	for (int i = 0; i < PLUGIN_OPTIONS; i++) {
		const struct str letter = str_of(ROWS[i].letter);
		const struct str name = str_of(ROWS[i].name);
		if (str_eq(word, name) || str_eq(word, letter)) {
			return (enum plugin_option)i;
		}
		if (!ROWS[i].takes) {
			continue;
		}
		if (str_starts(word, name) && word.at[name.len] == '=') {
			*ret_value = str_from(word, name.len + 1);
			return (enum plugin_option)i;
		}
		if (str_starts(word, letter)) {
			*ret_value = str_from(word, letter.len);
			return (enum plugin_option)i;
		}
	}
	return PLUGIN_OPTIONS;
}

/** True for -vv and -vvv. */
static bool
is_very_verbose(struct str word)
{
	return str_eq(word, STR("-vv")) || str_eq(word, STR("-vvv"));
}

static void
option_take(struct rewriting *to, enum plugin_option option, struct str value)
{
	switch (option) {
	case PLUGIN_HOSTNAME:
		word_add(to, value);
		break;
	case PLUGIN_WARNING:
		to->warning = value;
		break;
	case PLUGIN_CRITICAL:
		to->critical = value;
		break;
	case PLUGIN_TIMEOUT:
		/* Of a plugin it is the time for all of it. */
		word_add(to, STR("--deadline"));
		word_add(to, value);
		break;
	case PLUGIN_VERBOSE:
		to->verbose++;
		break;
	case PLUGIN_OPTIONS:
		break;
	}
}

/** Takes the next word, and the one after it if it is its value. */
static bool
word_take(struct rewriting *to, struct err *reterr)
{
	const struct str word = str_of(*to->given++);
	struct str value;
	if (is_very_verbose(word)) {
		to->verbose += (unsigned)word.len - 1;
		return true;
	}
	const enum plugin_option option = option_of(word, &value);
	if (option == PLUGIN_OPTIONS) {
		word_add(to, word);
		return true;
	}
	if (ROWS[option].takes && !value.at) {
		if (!*to->given) {
			return err_set(reterr, ERR_USAGE, "%s needs a value",
			    ROWS[option].letter);
		}
		value = str_of(*to->given++);
	}
	option_take(to, option, value);
	return true;
}

bool
plugin_parse(struct arena *arena, int argc, char **argv, struct options *ret,
    struct err *reterr)
{
	struct rewriting to = { .arena = arena, .given = argv + 1 };
	struct err first = { 0 };
	bool good = true;
	assert(argc > 0 && !argv[argc]);
	word_add(&to, str_of(argv[0]));
	word_add(&to, STR("check"));
	word_add(&to, STR("-f"));
	word_add(&to, STR("nagios"));
	while (good && *to.given) {
		good = word_take(&to, &first);
	}
	for (unsigned i = 0; i < to.verbose && i < MOST_VERBOSE; i++) {
		word_add(&to, STR("-v"));
	}
	const int words = (int)to.words.len;
	vec_push(arena, &to.words, NULL);
	const bool parsed =
	    options_parse(arena, words, to.words.at, ret, reterr);
	ret->plugin = true;
	ret->warning = to.warning;
	ret->critical = to.critical;
	if (!good) {
		*reterr = first;
	}
	return good && parsed;
}
