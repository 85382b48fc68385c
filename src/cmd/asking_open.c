/* SPDX-License-Identifier: MIT */
/* The sources: zone files, saved answers, live servers; and what is saved. */
#include "cmd/asking.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "cmd/message.h"
#include "cmd/output.h"
#include "cmd/session.h"
#include "diagnosis/examine.h"
#include "dns/domain.h"
#include "dns/suffix.h"
#include "dns/zonefile.h"
#include "look/ledger.h"
#include "net/live.h"
#include "net/servers.h"
#include "source/recording.h"
#include "source/source.h"
#include "source/zone.h"

#include <assert.h>

static void
note_all(const struct session *session, const struct str *at, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		session_note(session, at[i]);
	}
}

/** The path as messages may repeat it. */
static struct str
path_shown(const struct session *session, struct str path)
{
	return message_safe(
	    session->arena, session->patterns, file_shown(path));
}

/**
 * What a zone file is about that does not say it: the organisational domain
 * of the first DOMAIN; "no name" if there is none.
 */
static struct name
origin_of(const struct session *session)
{
	struct arena *arena = session->arena;
	const struct words *arguments = &session->options->arguments;
	struct domain domain = { 0 };
	struct err unused;
	struct name origin = { 0 };
	if (arguments->len > 0 &&
	    domain_read_name(arena, arguments->at[0], &domain, &unused)) {
		origin = suffix_organizational(arena, domain.name);
	}
	return origin;
}

static bool
zones_open(struct session *session, struct asked *ret, struct err *reterr)
{
	struct arena *arena = session->arena;
	const struct words *paths = &session->options->zones;
	struct zonefile *files =
	    ARENA_ARRAY(arena, struct zonefile, paths->len);
	for (size_t i = 0; i < paths->len; i++) {
		struct zonefile_input input = {
			.name = path_shown(session, paths->at[i]),
			.origin = origin_of(session),
		};
		if (!file_read(arena, paths->at[i], ZONEFILE_MAX,
			&input.content, reterr) ||
		    !zonefile_read(arena, &input, &files[i], reterr)) {
			return false;
		}
		note_all(session, files[i].warnings.at, files[i].warnings.len);
	}
	ret->kind = "zone";
	ret->offline = true;
	session->files_only = true;
	ret->zone_files = *paths;
	ret->source = zone_source_open(files, paths->len);
	return true;
}

static void
words_copy(
    struct arena *arena, const struct str *at, size_t len, struct words *ret)
{
	for (size_t i = 0; i < len; i++) {
		vec_push(arena, ret, at[i]);
	}
}

static bool
replay_open(struct session *session, struct asked *ret, struct err *reterr)
{
	struct arena *arena = session->arena;
	const struct str path = session->options->replay;
	struct recording *recording = ARENA_NEW(arena, struct recording);
	struct str content;
	if (!file_read(arena, path, RECORDING_MAX, &content, reterr) ||
	    !recording_read(
		arena, path_shown(session, path), content, recording, reterr)) {
		return false;
	}
	words_copy(arena, recording->domains.at, recording->domains.len,
	    &ret->domains);
	words_copy(arena, recording->resolvers.at, recording->resolvers.len,
	    &ret->resolvers);
	ret->kind = "replay";
	/* Zone files were asked without resolvers, and then more freely. */
	ret->offline = recording->resolvers.len == 0;
	session->files_only = ret->offline;
	ret->source = recording_open(recording);
	session->now = recording->now;
	return true;
}

/** Adds the resolvers of the system, and what else resolv.conf says. */
static bool
system_add(struct session *session, struct live_config *config,
    struct server_addr *resolvers)
{
	struct servers servers;
	servers_read(session->arena, NULL, &servers);
	if (session->options->verbose > 0) {
		note_all(session, servers.warnings.at, servers.warnings.len);
	}
	config->rotate = config->rotate || servers.rotate;
	config->tcp = config->tcp || servers.tcp;
	if (config->timeout == 0) {
		config->timeout = servers.timeout;
	}
	if (config->tries == 0) {
		config->tries = servers.tries;
	}
	for (size_t i = 0; i < servers.len; i++) {
		if (config->resolvers_len < LIVE_MAX_RESOLVERS) {
			resolvers[config->resolvers_len++] = servers.at[i];
		}
	}
	return servers.len > 0;
}

/** The resolvers that were named, or those of the system. */
static bool
resolvers_read(struct session *session, struct live_config *config,
    struct server_addr *resolvers, struct err *reterr)
{
	const struct str *word;
	vec_foreach(word, &session->options->nameservers) {
		if (str_eq(*word, STR("system"))) {
			(void)system_add(session, config, resolvers);
			continue;
		}
		if (config->resolvers_len == LIVE_MAX_RESOLVERS) {
			return err_set(reterr, ERR_USAGE,
			    "more than %d resolvers are given",
			    LIVE_MAX_RESOLVERS);
		}
		if (!asking_address(*word, "--nameserver",
			&resolvers[config->resolvers_len], reterr)) {
			return false;
		}
		config->resolvers_len++;
	}
	return config->resolvers_len > 0 ||
	       system_add(session, config, resolvers);
}

static bool
servers_open(struct session *session, struct asked *ret, struct err *reterr)
{
	struct server_addr resolvers[LIVE_MAX_RESOLVERS];
	const struct options *options = session->options;
	/* A fleet may take as long as it has domains: see visit_spend(). */
	const bool fleet = options->command == COMMAND_BATCH;
	struct live_config config = {
		.resolvers = resolvers,
		.timeout = options->timeout,
		.tries = (unsigned)options->tries,
		.deadline = fleet ? 0 : clock_monotonic() + options->deadline,
		.era = session->era,
		.tcp = options->tcp,
		.only_v4 = options->ipv4,
		.only_v6 = options->ipv6,
		.rate = (unsigned)options->rate,
		.pooled = fleet,
	};
	if (!resolvers_read(session, &config, resolvers, reterr)) {
		return false;
	}
	for (size_t i = 0; i < config.resolvers_len; i++) {
		vec_push(session->arena, &ret->resolvers,
		    server_addr_text(session->arena, resolvers[i]));
	}
	ret->kind = "live";
	ret->source = live_open(&config, reterr);
	/* From now on a signal stops it. */
	session->stop->end = live_stop;
	session->stop->source = ret->source;
	if (ret->source && session->stop->number != 0) {
		/* One that came before there was anything to stop. */
		live_stop(ret->source);
	}
	return ret->source != NULL;
}

/** An empty recording of this run. */
static struct recording *
saved_new(const struct session *session, const struct asked *asked)
{
	struct recording *saved = ARENA_NEW(session->arena, struct recording);
	const struct str *resolver;
	saved->now = session->now;
	vec_foreach(resolver, &asked->resolvers) {
		vec_push(session->arena, &saved->resolvers, *resolver);
	}
	return saved;
}

bool
asking_open(struct session *session, struct asked *ret, struct err *reterr)
{
	const struct options *options = session->options;
	struct asked asked = { 0 };
	bool good;
	if (options->zones.len > 0) {
		good = zones_open(session, &asked, reterr);
	} else if (options->replay.len > 0) {
		good = replay_open(session, &asked, reterr);
	} else {
		good = servers_open(session, &asked, reterr);
	}
	if (good && options->save.len > 0) {
		asked.saved = saved_new(session, &asked);
	}
	*ret = asked;
	return good;
}

void
asking_keep(struct session *session, struct asked *asked, struct name domain,
    const struct ledger *ledger)
{
	struct arena *arena = session->arena;
	struct recording *saved = asked->saved;
	if (!saved) {
		return;
	}
	vec_push(arena, &saved->domains, name_text(arena, domain));
	const size_t count = ledger_count(ledger);
	for (size_t i = 0; i < count; i++) {
		const struct ledger_entry *entry = ledger_at(ledger, i);
		const struct recorded recorded = {
			.question = entry->question,
			.answer = entry->answer,
		};
		if (!entry->answer) {
			continue;
		}
		vec_push(arena, &saved->answers, recorded);
	}
}

void
asking_keep_outcome(struct session *session, struct asked *asked,
    struct name domain, const struct outcome *outcome)
{
	const struct recorded *recorded;
	asking_keep(session, asked, domain, outcome->ledger);
	if (!asked->saved) {
		return;
	}
	vec_foreach(recorded, &outcome->beyond) {
		vec_push(session->arena, &asked->saved->answers, *recorded);
	}
}

bool
asking_close(struct session *session, struct asked *asked, struct err *reterr)
{
	session->stop->source = NULL;
	source_close(&asked->source);
	if (!asked->saved) {
		return true;
	}
	const struct str text = recording_text(session->arena, asked->saved);
	return file_write(session->arena, session->options->save, text, reterr);
}
