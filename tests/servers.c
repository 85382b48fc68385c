/* SPDX-License-Identifier: MIT */
/*
 * Starting, feeding and ending real servers. A zone is known to be served
 * when a mark that is written into it, and changes each time, is answered.
 */
#include "servers.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "keeper.h"
#include "loopback.h"
#include "server_conf.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	PATIENCE_MS = 20000, /* until a server must have answered */
	TRY_MS = 20,
	TYPE_TXT = 16,
};

/* What is done alike for each kind. */
static const struct {
	const char *program;
	const char *const arguments[4];
	void (*write)(const struct server_conf *conf, struct buf *to);
} kinds[] = {
	[SERVER_NSD] = { "nsd", { "-d", "-c", "conf" }, nsd_conf },
	[SERVER_KNOT] = { "knotd", { "-c", "conf" }, knot_conf },
	[SERVER_UNBOUND] = { "unbound", { "-d", "-p", "-c", "conf" },
	    unbound_conf },
};

struct server {
	enum server_kind kind;
	struct server_conf conf;
	char folder[64];
	struct keeper *keeper;
	pid_t pid;          /* 0: not running */
	unsigned processes; /* that it is made of when at rest */
	unsigned changes;
};

struct server *
server_new(enum server_kind kind)
{
	struct server *server = xcalloc(1, sizeof(*server));
	server->kind = kind;
	server->keeper = keeper_start(server->folder);
	server->conf.arena = arena_new();
	server->conf.folder = server->folder;
	server_move(server, loopback_free());
	return server;
}

void
server_move(struct server *server, struct server_addr at)
{
	cr_assert(eq(int, server->pid, 0), "it runs already");
	server->conf.at = at;
}

struct server_addr
server_at(const struct server *server)
{
	return server->conf.at;
}

const char *
server_text(const struct server *server)
{
	const struct server_addr at = server->conf.at;
	return str_print(server->conf.arena, "%s:%u",
	    addr_text(server->conf.arena, at.addr).at, at.port)
	    .at;
}

void
server_option(struct server *server, const char *line)
{
	cr_assert(eq(int, server->pid, 0), "it runs already");
	const char *copy = str_copy(server->conf.arena, str_of(line)).at;
	vec_push(server->conf.arena, &server->conf.options, copy);
}

void
server_stub(
    struct server *unbound, const char *apex, const struct server *authority)
{
	cr_assert(eq(int, unbound->kind, SERVER_UNBOUND));
	const struct conf_zone zone = {
		.apex = str_copy(unbound->conf.arena, str_of(apex)).at,
		.authority = authority->conf.at,
	};
	vec_push(unbound->conf.arena, &unbound->conf.zones, zone);
}

static void
write_file(const struct server *server, const char *name, struct str text)
{
	struct arena *arena = server->conf.arena;
	const char *path = str_print(arena, "%s/%s", server->folder, name).at;
	const char *fresh = str_print(arena, "%s.new", path).at;
	FILE *file = fopen(fresh, "w");
	cr_assert(file != NULL);
	fwrite(text.at, 1, text.len, file);
	cr_assert(eq(int, fclose(file), 0));
	cr_assert(eq(int, rename(fresh, path), 0));
}

/* The name of the mark that stands in a zone since its last change. */
static const char *
mark_name(const struct server *server, const struct conf_zone *zone)
{
	const char *dot = *zone->apex == '\0' ? "" : ".";
	return str_print(
	    server->conf.arena, "_test-%u%s%s", zone->change, dot, zone->apex)
	    .at;
}

static void
write_zone(
    const struct server *server, const struct conf_zone *zone, const char *text)
{
	struct buf buf = buf_new(server->conf.arena);
	buf_addf(&buf, "$ORIGIN %s.\n$TTL 300\n%s\n%s. 0 IN TXT \"here\"\n",
	    zone->apex, text, mark_name(server, zone));
	write_file(
	    server, conf_zone_file(server->conf.arena, zone), buf_str(&buf));
}

/* Fails the test with the last words of the server. */
static void
give_up(const struct server *server, const char *what)
{
	char log[4096] = "";
	const char *path =
	    str_print(server->conf.arena, "%s/log", server->folder).at;
	FILE *file = fopen(path, "r");
	if (file != NULL) {
		const size_t len = fread(log, 1, sizeof(log) - 1, file);
		log[len] = '\0';
		fclose(file);
	}
	cr_fatal("%s %s\n%s", kinds[server->kind].program, what, log);
}

/* Waits until *server* gives an answer to *name*, a real one if *real*. */
static void
wait_for(struct server *server, const char *name, bool real)
{
	const struct timespec pause = { 0, TRY_MS * 1000000L };
	for (int i = 0; i < PATIENCE_MS / TRY_MS; i++) {
		const struct reply reply =
		    loopback_ask(server->conf.at, name, TYPE_TXT, TRY_MS);
		if (reply.came && (!real || reply.answers > 0)) {
			return;
		}
		if (waitpid(server->pid, NULL, WNOHANG) == server->pid) {
			keeper_watch(server->keeper, 0);
			server->pid = 0;
			give_up(server, "ended instead of answering");
		}
		nanosleep(&pause, NULL);
	}
	give_up(server, real ? "does not serve its zone" : "does not answer");
}

/* How many living processes belong to the group that *leader* leads. */
static unsigned
group_size(pid_t leader)
{
	unsigned size = 0;
	DIR *folder = opendir("/proc");
	cr_assert(folder != NULL);
	for (struct dirent *one; (one = readdir(folder)) != NULL;) {
		char path[300];
		char state = 'Z';
		int group = 0;
		snprintf(path, sizeof(path), "/proc/%s/stat", one->d_name);
		FILE *file =
		    char_is_digit(*one->d_name) ? fopen(path, "r") : NULL;
		if (file == NULL) {
			continue;
		}
		/* proc(5): pid (name) state ppid pgrp */
		const int got =
		    fscanf(file, "%*d (%*[^)]) %c %*d %d", &state, &group);
		size += got == 2 && group == leader && state != 'Z';
		fclose(file);
	}
	closedir(folder);
	return size;
}

/*
 * NSD loads a zone in new processes, and for a moment the old ones answer
 * beside them: waits until they are gone.
 */
static void
settle(const struct server *server)
{
	const struct timespec pause = { 0, 1000000 };
	for (int i = 0; i < PATIENCE_MS; i++) {
		if (group_size(server->pid) <= server->processes) {
			return;
		}
		nanosleep(&pause, NULL);
	}
	give_up(server, "does not let go of the old zone");
}

static struct conf_zone *
find_zone(struct server *server, const char *apex)
{
	struct conf_zone *zone;
	vec_foreach(zone, &server->conf.zones) {
		if (strcmp(zone->apex, apex) == 0) {
			return zone;
		}
	}
	cr_assert(eq(int, server->pid, 0), "a running server gets no new zone");
	struct arena *arena = server->conf.arena;
	const struct conf_zone new = { .apex =
					   str_copy(arena, str_of(apex)).at };
	vec_push(arena, &server->conf.zones, new);
	return server->conf.zones.at + server->conf.zones.len - 1;
}

void
server_zone(struct server *server, const char *apex, const char *text)
{
	cr_assert(ne(int, server->kind, SERVER_UNBOUND));
	struct conf_zone *zone = find_zone(server, apex);
	zone->change = ++server->changes;
	write_zone(server, zone, text);
	if (server->pid != 0) {
		kill(server->pid, SIGHUP);
		wait_for(server, mark_name(server, zone), true);
		settle(server);
	}
}

/*
 * What becomes the server; never returns. Unbound is run from a copy: where
 * AppArmor guards the installed one, it may not read a folder of ours.
 */
static void
become(const struct server *server, const char *path)
{
	const int log = open("log", O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(log, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
	close_range(3, ~0U, 0);
	char *arguments[6] = { (char *)kinds[server->kind].program };
	for (size_t i = 0; i < 4; i++) {
		arguments[i + 1] = (char *)kinds[server->kind].arguments[i];
	}
	execv(path, arguments);
	dprintf(STDERR_FILENO, "cannot be run: %s\n", path);
	_exit(127);
}

static void
launch(struct server *server)
{
	const char *program = kinds[server->kind].program;
	const char *path = conf_find_program(server->conf.arena, program);
	cr_assert(path != NULL, "%s is not installed", program);
	if (server->kind == SERVER_UNBOUND) {
		path = conf_copy_program(&server->conf, path);
	}
	fflush(NULL);
	server->pid = fork();
	cr_assert(ge(int, server->pid, 0));
	if (server->pid == 0) {
		setpgid(0, 0);
		if (chdir(server->folder) == 0) {
			become(server, path);
		}
		_exit(127);
	}
	setpgid(server->pid, server->pid);
	keeper_watch(server->keeper, server->pid);
}

void
server_start(struct server *server)
{
	cr_assert(eq(int, server->pid, 0), "it runs already");
	struct buf conf = buf_new(server->conf.arena);
	kinds[server->kind].write(&server->conf, &conf);
	write_file(server, "conf", buf_str(&conf));
	launch(server);
	if (server->kind == SERVER_UNBOUND) {
		wait_for(server, "test.invalid", false);
		return;
	}
	const struct conf_zone *zone;
	vec_foreach(zone, &server->conf.zones) {
		wait_for(server, mark_name(server, zone), true);
	}
	server->processes = group_size(server->pid);
}

/* Ends it by *how*; what does not end in time is killed. */
static void
end(struct server *server, int how)
{
	const struct timespec pause = { 0, 1000000 };
	if (server->pid == 0) {
		return;
	}
	const pid_t pid = server->pid;
	server->pid = 0;
	kill(how == SIGKILL ? -pid : pid, how);
	kill(pid, SIGCONT);
	for (int i = 0; waitpid(pid, NULL, WNOHANG) == 0; i++) {
		if (i == 5000) {
			kill(-pid, SIGKILL);
		}
		nanosleep(&pause, NULL);
	}
	kill(-pid, SIGKILL); /* its children, if it left any */
	while (group_size(pid) > 0) {
		nanosleep(&pause, NULL);
	}
	keeper_watch(server->keeper, 0);
}

void
server_kill(struct server *server)
{
	cr_assert(gt(int, server->pid, 0), "it does not run");
	end(server, SIGKILL);
}

void
server_pause(struct server *server)
{
	cr_assert(eq(int, kill(-server->pid, SIGSTOP), 0));
}

void
server_resume(struct server *server)
{
	cr_assert(eq(int, kill(-server->pid, SIGCONT), 0));
}

const char *
server_ds(struct server *knot, const char *apex)
{
	cr_assert(eq(int, knot->kind, SERVER_KNOT));
	struct arena *arena = knot->conf.arena;
	const char *keymgr = conf_find_program(arena, "keymgr");
	cr_assert(keymgr != NULL, "keymgr is not installed");
	FILE *out = popen(str_print(arena, "cd %s && %s -c conf %s ds",
			      knot->folder, keymgr, apex)
			      .at,
	    "r");
	cr_assert(out != NULL);
	char line[512] = "";
	cr_assert(fgets(line, sizeof(line), out) != NULL, "no DS of %s", apex);
	pclose(out);
	return str_copy(
	    arena, str_trim(str_slice(str_of(line), 0, strcspn(line, "\n"))))
	    .at;
}

void
server_stop(struct server **server)
{
	if (*server == NULL) {
		return;
	}
	end(*server, SIGTERM);
	keeper_stop(&(*server)->keeper);
	arena_free(&(*server)->conf.arena);
	free(*server);
	*server = NULL;
}
