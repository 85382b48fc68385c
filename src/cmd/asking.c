/* SPDX-License-Identifier: MIT */
/* From the options to sides and policy, and from the source to facts. */
#include "cmd/asking.h"

#include "base/arena.h"
#include "base/err.h"
#include "cmd/codes.h"
#include "cmd/session.h"
#include "source/source.h"

#include <assert.h>

bool
asking_address(struct str text, const char *option, struct server_addr *ret,
    struct err *reterr)
{
	if (server_addr_parse(text, ret)) {
		return true;
	}
	(void)err_set(reterr, ERR_USAGE,
	    "\"%.*s\" (%s) is not the address of a server", STR_ARG(text),
	    option);
	return err_hint(reterr,
	    "Give an IP address: 192.0.2.1, 192.0.2.1:5353, [2001:db8::1]:53 "
	    "or tcp://192.0.2.1.");
}

/** Reads all addresses that were given with *option*. */
static bool
addresses_read(struct session *session, const struct words *words,
    const char *option, const struct server_addr **ret, struct err *reterr)
{
	struct server_addr *addresses =
	    ARENA_ARRAY(session->arena, struct server_addr, words->len);
	for (size_t i = 0; i < words->len; i++) {
		if (!asking_address(
			words->at[i], option, &addresses[i], reterr)) {
			return false;
		}
	}
	*ret = addresses;
	return true;
}

bool
asking_sides(struct session *session, enum view otherwise, struct sides *ret,
    struct err *reterr)
{
	static const enum view views[] = {
		[OPTION_VIEW_BOTH] = VIEW_BOTH,
		[OPTION_VIEW_AUTHORITATIVE] = VIEW_AUTHORITATIVE,
		[OPTION_VIEW_RESOLVER] = VIEW_RESOLVER,
	};
	const struct options *options = session->options;
	struct sides sides = {
		.view = otherwise,
		.given.len = options->authoritative.len,
		.compare_len = options->compare.len,
	};
	if (options->view > 0) {
		assert(options->view < sizeof(views) / sizeof(*views));
		sides.view = views[options->view];
	} else if (session->files_only) {
		/* Files have one side. */
		sides.view = VIEW_RESOLVER;
	}
	if (!addresses_read(session, &options->authoritative, "--authoritative",
		&sides.given.at, reterr) ||
	    !addresses_read(session, &options->compare, "--compare",
		&sides.compare, reterr)) {
		return false;
	}
	*ret = sides;
	return true;
}

bool
asking_policy(struct session *session, struct policy *ret, struct err *reterr)
{
	const struct options *options = session->options;
	const struct str *code;
	vec_foreach(code, &options->ignore) {
		if (!codes_match(session->arena, *code)) {
			(void)err_set(reterr, ERR_USAGE,
			    "there is no finding \"%.*s\" to ignore",
			    STR_ARG(*code));
			codes_hint(session->arena, *code, reterr);
			return false;
		}
	}
	*ret = (struct policy){
		.fail_on = options->fail_on == OPTION_FAIL_ON_WARNING
			       ? SEVERITY_WARNING
			       : SEVERITY_ERROR,
		.ignore = options->ignore.at,
		.ignore_len = options->ignore.len,
	};
	return true;
}

struct run_facts
asking_facts(const struct session *session, struct arena *arena,
    const struct asked *asked)
{
	struct run_facts facts = {
		.version = STR(PACKAGE_VERSION),
		.now = session->now,
		.source_kind = asked->kind,
	};
	const struct str *word;
	vec_foreach(word, &asked->resolvers) {
		vec_push(arena, &facts.resolvers, *word);
	}
	vec_foreach(word, &asked->zone_files) {
		vec_push(arena, &facts.zone_files, *word);
	}
	return facts;
}
