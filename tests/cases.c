/* SPDX-License-Identifier: MIT */
/* From the files of a case to something that can be examined. */
#include "cases.h"

#include "asking.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "cli/options.h"
#include "source/zone.h"
#include "world.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER SOURCE_DIR "/fixtures/cases"
#define AROUND FOLDER "/world"

enum {
	NOW = 1800000000, /* when all cases happen */
	MOST_SERVERS = 8,
};

struct world {
	struct world_server servers[MOST_SERVERS];
	size_t len;
};

/* Where the files of one case are. */
struct place {
	struct arena *arena;
	const char *code;
	bool twin;
};

/* The path of the file *name*: the twin's own, or the one both share. */
static const char *
path_of(const struct place *place, const char *name)
{
	struct arena *arena = place->arena;
	const char *own =
	    str_print(arena, FOLDER "/%s/twin/%s", place->code, name).at;
	if (place->twin && access(own, R_OK) == 0) {
		return own;
	}
	return str_print(arena, FOLDER "/%s/%s", place->code, name).at;
}

/* What stands in a file; NULL if there is none. */
static const char *
content(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	if (file == NULL) {
		return NULL;
	}
	struct buf buf = buf_new(arena);
	char part[4096];
	for (size_t len; (len = fread(part, 1, sizeof(part), file)) > 0;) {
		buf_add(&buf, (struct str){ part, len });
	}
	fclose(file);
	return buf_str(&buf).at;
}

static const char *
content_of(const struct place *place, const char *name)
{
	return content(place->arena, path_of(place, name));
}

static int
is_shown(const struct dirent *entry)
{
	return *entry->d_name != '.';
}

/* The names in *folder* that begin with *start*, sorted. */
static struct case_names
names_in(struct arena *arena, const char *folder, const char *start)
{
	struct case_names names = { 0 };
	struct dirent **entries = NULL;
	const int len = scandir(folder, &entries, is_shown, alphasort);
	for (int i = 0; i < len; i++) {
		const struct str name = str_of(entries[i]->d_name);
		if (str_starts(name, str_of(start))) {
			vec_push(arena, &names, str_copy(arena, name).at);
		}
		free(entries[i]);
	}
	free(entries);
	return names;
}

static bool
is_case(struct arena *arena, const char *code)
{
	const char *path = str_print(arena, FOLDER "/%s/want", code).at;
	return access(path, R_OK) == 0;
}

struct case_names
case_list(struct arena *arena)
{
	const char *only = getenv("IVYCHECK_TEST_CASE");
	const struct case_names all = names_in(arena, FOLDER, "");
	struct case_names names = { 0 };
	const char *const *name;
	vec_foreach(name, &all) {
		if (is_case(arena, *name) &&
		    (only == NULL || strcmp(*name, only) == 0)) {
			vec_push(arena, &names, *name);
		}
	}
	cr_assert(gt(sz, names.len, 0));
	return names;
}

bool
case_exists(const char *code)
{
	struct arena *arena = arena_new();
	const bool exists = is_case(arena, code);
	arena_free(&arena);
	return exists;
}

/*
 * The command line of the case: what "args" of all cases says, and what its
 * own says; alone if that begins with a domain.
 */
static struct options
read_options(const struct place *place)
{
	enum {
		MOST = 40
	};
	struct arena *arena = place->arena;
	char **argv = ARENA_ARRAY(arena, char *, MOST);
	int argc = 0;
	const char *own = content_of(place, "args");
	struct str lines = str_print(arena, "ivycheck\ncheck\n%s\n%s",
	    own == NULL || *own == '-' ? content(arena, FOLDER "/args") : "",
	    own == NULL ? "" : own);
	struct str line;
	while (str_split(&lines, '\n', &line)) {
		if (line.len > 0) {
			cr_assert(lt(int, argc, MOST - 1));
			argv[argc++] = arena_copy(arena, line.at, line.len);
		}
	}
	struct options options;
	struct err err = { 0 };
	cr_assert(options_parse(arena, argc, argv, &options, &err), "%s: %s",
	    place->code, err.text);
	cr_assert(eq(sz, options.arguments.len, 1), "%s", place->code);
	return options;
}

static struct expect
build_expect(const struct place *place, const struct options *options)
{
	struct expect_flags flags = {
		.token = options->token,
		.dkim_tokens_len = options->dkim_tokens.len,
		.region = options->region,
		.mail_from_domain = options->mail_from_domain,
		.only = options->only,
	};
	for (size_t i = 0; i < options->dkim_tokens.len; i++) {
		flags.dkim_tokens[i] = options->dkim_tokens.at[i];
	}
	const char *given = content_of(place, "expect");
	const struct expect_file file = {
		.name = STR("expect"),
		.content = str_of(given),
	};
	const struct name domain =
	    name_of(place->arena, options->arguments.at[0].at);
	struct expect_list *list = NULL;
	struct expect expect;
	struct err err = { 0 };
	cr_assert(
	    given == NULL || expect_read(place->arena, &file, &list, &err),
	    "%s: %s", place->code, err.text);
	const struct expect_parts parts = { domain, &flags, list };
	cr_assert(expect_build(place->arena, &parts, &expect, &err), "%s: %s",
	    place->code, err.text);
	return expect;
}

/*
 * A first line ";fails timeout NAME..." of a server's file makes it fail,
 * ";bogus NAME..." makes validation fail there.
 */
static const struct world_failure *
failure_in(struct arena *arena, const char *address, const char *text)
{
	struct str rest = str_of(text);
	struct str line;
	struct str word;
	if (!str_split(&rest, '\n', &line) || !str_split(&line, ' ', &word)) {
		return NULL;
	}
	struct world_failure *failure = ARENA_NEW(arena, struct world_failure);
	failure->address = address;
	failure->status = ANSWER_SERVFAIL;
	failure->bogus = str_eq(word, STR(";bogus"));
	if (str_eq(word, STR(";fails"))) {
		cr_assert(str_split(&line, ' ', &word));
		failure->status = ANSWER_FOUND;
		while (!str_eq(
		    word, str_of(answer_status_word(failure->status)))) {
			failure->status++;
			cr_assert(le(int, failure->status, ANSWER_OUTSIDE));
		}
	} else if (!failure->bogus) {
		return NULL;
	}
	failure->names = str_z(arena, line);
	return failure;
}

/* The names of the case's zone files, or of its servers' files. */
static struct case_names
files_of(const struct place *place, const char *start)
{
	return names_in(place->arena,
	    str_print(place->arena, FOLDER "/%s", place->code).at, start);
}

static struct source *
open_zones(const struct place *place)
{
	const struct case_names names = files_of(place, "zone");
	struct zonefile *files =
	    ARENA_ARRAY(place->arena, struct zonefile, names.len);
	for (size_t i = 0; i < names.len; i++) {
		files[i] = zone_of_text(
		    place->arena, ".", content_of(place, names.at[i]));
	}
	return zone_source_open(files, names.len);
}

/* Adds a server of the world; its name is "server-ADDRESS". */
static void
add_server(struct world *world, const char *name, const char *text)
{
	cr_assert(lt(sz, world->len, MOST_SERVERS));
	world->servers[world->len++] = (struct world_server){
		.address = name + strlen("server-"),
		.zone = text,
	};
}

/* A resolver, the case's own servers, and those of the world around. */
static struct source *
open_world(const struct place *place, const struct case_names *servers)
{
	struct arena *arena = place->arena;
	struct world world = { .len = 1 };
	struct buf resolver = buf_new(arena);
	const struct case_names zones = files_of(place, "zone");
	const char *const *name;
	vec_foreach(name, &zones) {
		buf_adds(&resolver, content_of(place, *name));
	}
	vec_foreach(name, servers) {
		add_server(&world, *name, content_of(place, *name));
	}
	const struct case_names around = names_in(arena, AROUND, "");
	vec_foreach(name, &around) {
		const char *text =
		    content(arena, str_print(arena, AROUND "/%s", *name).at);
		if (str_starts(str_of(*name), STR("server-"))) {
			add_server(&world, *name, text);
		} else {
			buf_adds(&resolver, text);
		}
	}
	world.servers[0].zone = buf_str(&resolver).at;
	world.servers[0].old = content_of(place, "old");
	struct source *source = world_open(arena, world.servers, world.len);
	for (size_t i = 0; i < world.len; i++) {
		const struct world_failure *failure = failure_in(
		    arena, world.servers[i].address, world.servers[i].zone);
		if (failure != NULL) {
			world_fail(source, failure);
		}
	}
	return source;
}

struct dns_case
case_open(const char *code, bool twin)
{
	struct dns_case opened = { .arena = arena_new(), .code = code };
	const struct place place = { opened.arena, code, twin };
	const struct case_names servers = files_of(&place, "server-");
	const char *zone = content_of(&place, "zone");
	cr_assert(zone != NULL, "%s: no zone", code);
	const bool world = servers.len > 0 || *zone == ';' ||
			   content_of(&place, "old") != NULL;
	const struct options options = read_options(&place);
	opened.expect = build_expect(&place, &options);
	opened.source =
	    world ? open_world(&place, &servers) : open_zones(&place);
	opened.order = (struct order){
		.policy = { .fail_on = SEVERITY_ERROR },
		.sides.view = servers.len > 0 ? VIEW_BOTH : VIEW_RESOLVER,
		.offline = !world,
		.now = NOW,
		.shown_as_pending = options.status == OPTION_STATUS_PENDING ||
				    options.status == OPTION_STATUS_FAILED,
	};
	const char *want = content_of(&place, "want");
	opened.want = str_of(want);
	return opened;
}

void
case_close(struct dns_case *dns_case)
{
	source_close(&dns_case->source);
	arena_free(&dns_case->arena);
}

static int
by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct str
case_lines(struct arena *arena, const struct outcome *outcome)
{
	struct VEC(struct str) lines = { 0 };
	struct finding *const *finding;
	vec_foreach(finding, &outcome->findings) {
		const int record = (*finding)->record;
		const struct str code =
		    catalog_code(arena, (*finding)->code, (*finding)->family);
		const struct str id =
		    record < 0 ? STR("-")
			       : outcome->all.expect->records[record].id;
		const struct str line =
		    str_print(arena, "%.*s %.*s\n", STR_ARG(code), STR_ARG(id));
		vec_push(arena, &lines, line);
	}
	struct buf all = buf_new(arena);
	if (lines.len > 0) {
		qsort(lines.at, lines.len, sizeof(*lines.at), by_text);
	}
	const struct str *line;
	vec_foreach(line, &lines) {
		buf_add(&all, *line);
	}
	return buf_str(&all);
}
