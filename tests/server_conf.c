/* SPDX-License-Identifier: MIT */
/* Configurations as small as they can be, and where programs are. */
#include "server_conf.h"

#include "base/arena.h"
#include "base/buf.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <unistd.h>

/* Each option a line, indented as the clause it goes to. */
static void
add_options(const struct server_conf *conf, struct buf *to)
{
	const char *const *option;
	vec_foreach(option, &conf->options) {
		buf_addf(to, "    %s\n", *option);
	}
}

static const char *
address(const struct server_conf *conf, struct server_addr at)
{
	return str_print(
	    conf->arena, "%s@%u", addr_text(conf->arena, at.addr).at, at.port)
	    .at;
}

const char *
conf_zone_file(struct arena *arena, const struct conf_zone *zone)
{
	return str_print(
	    arena, "%s.zone", *zone->apex == '\0' ? "root" : zone->apex)
	    .at;
}

void
nsd_conf(const struct server_conf *conf, struct buf *to)
{
	buf_addf(to,
	    "server:\n"
	    "    ip-address: %s\n"
	    "    username: \"\"\n"
	    "    chroot: \"\"\n"
	    "    database: \"\"\n"
	    "    zonesdir: \"%s\"\n"
	    "    pidfile: \"%s/pid\"\n"
	    "    xfrdfile: \"%s/xfrd\"\n"
	    "    xfrdir: \"%s\"\n"
	    "    zonelistfile: \"%s/zonelist\"\n"
	    "    server-count: 1\n",
	    address(conf, conf->at), conf->folder, conf->folder, conf->folder,
	    conf->folder, conf->folder);
	add_options(conf, to);
	buf_adds(to, "remote-control:\n    control-enable: no\n");
	const struct conf_zone *zone;
	vec_foreach(zone, &conf->zones) {
		buf_addf(to, "zone:\n    name: \"%s.\"\n    zonefile: \"%s\"\n",
		    zone->apex, conf_zone_file(conf->arena, zone));
	}
}

void
knot_conf(const struct server_conf *conf, struct buf *to)
{
	buf_addf(to,
	    "server:\n"
	    "    rundir: \"%s\"\n"
	    "    listen: %s\n"
	    "    udp-workers: 1\n"
	    "    tcp-workers: 1\n"
	    "    background-workers: 1\n"
	    "log:\n"
	    "  - target: stderr\n"
	    "    any: info\n"
	    "database:\n"
	    "    storage: \"%s\"\n"
	    "    journal-db-max-size: 16M\n"
	    "    kasp-db-max-size: 16M\n"
	    "    timer-db-max-size: 16M\n"
	    "template:\n"
	    "  - id: default\n"
	    "    storage: \"%s\"\n"
	    "    zonefile-sync: -1\n",
	    conf->folder, address(conf, conf->at), conf->folder, conf->folder);
	add_options(conf, to);
	buf_adds(to, "zone:\n");
	const struct conf_zone *zone;
	vec_foreach(zone, &conf->zones) {
		buf_addf(to, "  - domain: \"%s.\"\n    file: \"%s\"\n",
		    zone->apex, conf_zone_file(conf->arena, zone));
	}
}

/*
 * Without a root of its own it must refuse what no test gave it, not ask the
 * real root; and what it sends comes from loopback, so it cannot get far.
 */
void
unbound_conf(const struct server_conf *conf, struct buf *to)
{
	const char *source = addr_text(conf->arena, conf->at.addr).at;
	buf_addf(to,
	    "server:\n"
	    "    interface: %s\n"
	    "    outgoing-interface: %s\n"
	    "    directory: \"%s\"\n"
	    "    chroot: \"\"\n"
	    "    username: \"\"\n"
	    "    pidfile: \"\"\n"
	    "    use-syslog: no\n"
	    "    do-ip6: no\n"
	    "    do-not-query-localhost: no\n"
	    "    access-control: 127.0.0.0/8 allow\n"
	    "    num-threads: 1\n"
	    "    so-rcvbuf: 4m\n"
	    "    trust-anchor-signaling: no\n"
	    "    ede: yes\n"
	    "    log-servfail: yes\n",
	    address(conf, conf->at), source, conf->folder);
	bool rooted = false;
	const struct conf_zone *zone;
	vec_foreach(zone, &conf->zones) {
		buf_addf(
		    to, "    local-zone: \"%s.\" transparent\n", zone->apex);
		rooted = rooted || *zone->apex == '\0';
	}
	if (!rooted) {
		buf_adds(to, "    local-zone: \".\" refuse\n");
	}
	add_options(conf, to);
	buf_adds(to, "remote-control:\n    control-enable: no\n");
	vec_foreach(zone, &conf->zones) {
		buf_addf(to,
		    "stub-zone:\n    name: \"%s.\"\n"
		    "    stub-addr: %s\n",
		    zone->apex, address(conf, zone->authority));
	}
}

const char *
conf_find_program(struct arena *arena, const char *program)
{
	struct str folders = str_print(arena, "%s:/usr/local/sbin:/usr/sbin",
	    getenv("PATH") ? getenv("PATH") : "/usr/bin");
	struct str folder;
	while (str_split(&folders, ':', &folder)) {
		const char *path =
		    str_print(arena, "%.*s/%s", STR_ARG(folder), program).at;
		if (access(path, X_OK) == 0) {
			return path;
		}
	}
	return NULL;
}

const char *
conf_copy_program(const struct server_conf *conf, const char *path)
{
	const char *copy =
	    str_print(conf->arena, "%s/program", conf->folder).at;
	const int from = open(path, O_RDONLY | O_CLOEXEC);
	unlink(copy); /* of an earlier start */
	const int to = open(copy, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
	cr_assert(from >= 0 && to >= 0);
	while (sendfile(to, from, NULL, 1U << 24) > 0) {
	}
	close(from);
	close(to);
	return copy;
}
