/* SPDX-License-Identifier: MIT */
/*
 * resolv.conf(5) of glibc 2.36: a keyword at the start of a line, words
 * behind it, comments only where the first character says so. What is about
 * names, not servers, has no meaning here.
 */
#include "net/servers.h"

#include "base/arena.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
	MOST_WARNINGS = 8,
	MOST_TIMEOUT = 30, /* seconds, as in glibc */
	MOST_ATTEMPTS = 5,
	USUAL_ATTEMPTS = 2,
	SECOND = 1000000,
	PORT = 53,
};

/** A file on its way through the parser. */
struct reader {
	struct arena *arena;
	struct str file;
	unsigned line;
	unsigned long seconds; /* "timeout"; 0: nothing is said */
	struct servers *to;
};

static void
warn(struct reader *reader, const char *what)
{
	if (reader->to->warnings.len < MOST_WARNINGS) {
		vec_push(reader->arena, &reader->to->warnings,
		    str_print(reader->arena, "%.*s, line %u: %s",
			STR_ARG(reader->file), reader->line, what));
	}
}

/** Cuts the next word off *rest*; empty when there is none left. */
static struct str
next_word(struct str *rest)
{
	size_t start = 0;
	while (start < rest->len && strchr(" \t\r", rest->at[start])) {
		start++;
	}
	size_t end = start;
	while (end < rest->len && !strchr(" \t\r", rest->at[end])) {
		end++;
	}
	const struct str word = str_slice(*rest, start, end);
	*rest = str_from(*rest, end);
	return word;
}

static void
read_nameserver(struct reader *reader, struct str rest)
{
	const struct str word = next_word(&rest);
	struct servers *to = reader->to;
	struct server_addr server;
	/* An address alone: what else we take elsewhere is not for here. */
	const bool plain = str_index(word, '[') < 0 && str_index(word, '/') < 0;
	if (!plain || !server_addr_parse(word, &server) ||
	    (server.addr.family == ADDR_V4 && str_index(word, ':') >= 0)) {
		warn(reader, "no address of a name server, or an unknown "
			     "interface behind %; the line is skipped");
		return;
	}
	if (to->len < SERVERS_MAX) {
		to->at[to->len++] = server;
	}
}

/** Reads *word* as *name* and a number, which is cut to *most*. */
static bool
read_number(struct reader *reader, struct str word, struct str name,
    unsigned long most, unsigned long *ret)
{
	unsigned long number = 0;
	if (!str_starts(word, name)) {
		return false;
	}
	if (!str_number(str_from(word, name.len), INT32_MAX, &number)) {
		warn(reader, "an option without its number is skipped");
		return true;
	}
	*ret = number < most ? number : most;
	return true;
}

static void
read_options(struct reader *reader, struct str rest)
{
	struct servers *to = reader->to;
	struct str word = next_word(&rest);
	while (word.len > 0) {
		unsigned long attempts = to->tries;
		if (str_eq(word, STR("rotate"))) {
			to->rotate = true;
		} else if (str_eq(word, STR("use-vc"))) {
			to->tcp = true;
		} else if (!read_number(reader, word, STR("timeout:"),
			       MOST_TIMEOUT, &reader->seconds) &&
			   read_number(reader, word, STR("attempts:"),
			       MOST_ATTEMPTS, &attempts)) {
			to->tries = (unsigned)attempts;
		}
		word = next_word(&rest);
	}
}

static void
read_line(struct reader *reader, struct str line)
{
	if (line.len > SERVERS_MAX_LINE) {
		warn(reader, "the line is too long and is skipped");
		return;
	}
	const ptrdiff_t zero = str_index(line, '\0');
	if (zero >= 0) {
		line = str_slice(line, 0, (size_t)zero);
	}
	if (line.len == 0 || strchr("#; \t", line.at[0])) {
		return;
	}
	const struct str keyword = next_word(&line);
	if (str_eq(keyword, STR("nameserver"))) {
		read_nameserver(reader, line);
	} else if (str_eq(keyword, STR("options"))) {
		read_options(reader, line);
	}
}

void
servers_parse(struct arena *arena, struct str file, struct str content,
    struct servers *ret)
{
	struct reader reader = { .arena = arena, .file = file, .to = ret };
	struct str line;
	*ret = (struct servers){ 0 };
	if (content.len > SERVERS_MAX_FILE) {
		vec_push(arena, &ret->warnings,
		    str_print(arena, "%.*s is too long; only its start is read",
			STR_ARG(file)));
		content = str_slice(content, 0, SERVERS_MAX_FILE);
	}
	while (str_split(&content, '\n', &line)) {
		reader.line++;
		read_line(&reader, line);
	}
	if (ret->len == 0) {
		const uint8_t loopback[] = { 127, 0, 0, 1 };
		ret->at[0] = (struct server_addr){ .port = PORT };
		ret->at[0].addr.family = ADDR_V4;
		memcpy(ret->at[0].addr.bytes, loopback, sizeof(loopback));
		ret->len = 1;
	}
	ret->timeout = (int64_t)reader.seconds * SECOND *
		       (ret->tries > 0 ? ret->tries : USUAL_ATTEMPTS);
	assert(ret->len <= SERVERS_MAX);
}

/** Reads at most *room* octets; negative if it cannot be. */
static ssize_t
file_read(const char *path, char *to, size_t room)
{
	/* A pipe without a writer must not hold us up. */
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		return -1;
	}
	size_t len = 0;
	ssize_t got;
	do {
		got = read(fd, to + len, room - len);
		len += got > 0 ? (size_t)got : 0;
	} while ((got > 0 && len < room) || (got < 0 && errno == EINTR));
	const int error = errno;
	close(fd);
	errno = error;
	return got < 0 ? -1 : (ssize_t)len;
}

void
servers_read(struct arena *arena, const char *path, struct servers *ret)
{
	const size_t room = SERVERS_MAX_FILE + 1;
	char *content = arena_alloc(arena, room);
	const char *const name = path ? path : SERVERS_FILE;
	const ssize_t len = file_read(name, content, room);
	const int error = errno;
	servers_parse(arena, str_of(name),
	    (struct str){ content, len < 0 ? 0 : (size_t)len }, ret);
	/* That there is no file is usual where a resolver runs here. */
	if (len < 0 && error != ENOENT) {
		vec_push(arena, &ret->warnings,
		    str_print(
			arena, "%s cannot be read: %s", name, strerror(error)));
	}
}
