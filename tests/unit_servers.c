/* SPDX-License-Identifier: MIT */
/* resolv.conf as people have it. */
#include "net/servers.h"

#include "base/arena.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;
static struct servers servers;

static void
begin(void)
{
	arena = arena_new();
}

static void
end(void)
{
	arena_free(&arena);
}

TestSuite(servers, .init = begin, .fini = end);

static void
parse(const char *content)
{
	servers_parse(arena, STR("resolv.conf"), str_of(content), &servers);
}

static void
expect_server(size_t index, const char *want)
{
	cr_assert(lt(sz, index, servers.len));
	const struct str text = server_addr_text(arena, servers.at[index]);
	cr_expect(str_eq(text, str_of(want)), "%.*s", STR_ARG(text));
}

Test(servers, are_taken_in_order_and_only_three_of_them)
{
	parse("# by hand\nsearch corp.example\nnameserver 192.0.2.1\n"
	      "nameserver\t2001:db8::1   # trailing\r\n"
	      "nameserver 192.0.2.3\nnameserver 192.0.2.4");
	cr_assert(eq(sz, servers.len, 3));
	expect_server(0, "192.0.2.1");
	expect_server(1, "2001:db8::1");
	expect_server(2, "192.0.2.3");
	cr_expect(eq(sz, servers.warnings.len, 0));
}

Test(servers, are_on_this_machine_if_none_is_named)
{
	const char *const contents[] = { "", "\n\n", "domain x\n",
		"#nameserver 192.0.2.1\n;nameserver 192.0.2.1\n",
		" nameserver 192.0.2.1\n", "nameserver 192.0.2\n",
		"nameservers 192.0.2.1\n" };
	for (size_t i = 0; i < sizeof(contents) / sizeof(*contents); i++) {
		parse(contents[i]);
		cr_expect(eq(sz, servers.len, 1), "%s", contents[i]);
		expect_server(0, "127.0.0.1");
	}
}

Test(servers, keep_the_scope_of_a_link_local_address)
{
	parse("nameserver fe80::1%lo\n");
	expect_server(0, "fe80::1%1");
	cr_expect(eq(u32, servers.at[0].scope, 1));
	parse("nameserver fe80::1%nothere0\nnameserver 192.0.2.1\n");
	expect_server(0, "192.0.2.1");
	cr_assert(eq(sz, servers.warnings.len, 1));
	cr_expect(
	    str_starts(servers.warnings.at[0], STR("resolv.conf, line 1: ")));
}

Test(servers, are_plain_addresses_here)
{
	const char *const bad[] = { "192.0.2.1:53", "[::1]:53", "[::1]",
		"tcp://192.0.2.1", "192.0.2.256", "ns.example.net", "",
		"192.0.2.1%lo", "::1::2" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const struct str line =
		    str_print(arena, "nameserver %s\n", bad[i]);
		servers_parse(arena, STR("f"), line, &servers);
		expect_server(0, "127.0.0.1");
		cr_expect(eq(sz, servers.warnings.len, 1), "%s", bad[i]);
	}
}

struct options_row {
	const char *content;
	int64_t timeout;
	unsigned tries;
	bool rotate, tcp;
};

Test(servers, options_are_read_and_cut_to_what_glibc_allows)
{
	static const struct options_row rows[] = {
		{ "options edns0 trust-ad\n", 0, 0, false, false },
		{ "options timeout:2\n", 4000000, 0, false, false },
		{ "options timeout:2 attempts:3\n", 6000000, 3, false, false },
		{ "options attempts:3\noptions timeout:2\n", 6000000, 3, false,
		    false },
		{ "options attempts:99 timeout:99\n", 150000000, 5, false,
		    false },
		{ "options rotate\tuse-vc\n", 0, 0, true, true },
		{ "options timeout:x rotate\n", 0, 0, true, false },
		{ "options timeout:-1 rotated\n", 0, 0, false, false },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct options_row *row = &rows[i];
		parse(row->content);
		cr_expect(servers.timeout == row->timeout &&
			      servers.tries == row->tries &&
			      servers.rotate == row->rotate &&
			      servers.tcp == row->tcp,
		    "%s", row->content);
	}
}

Test(servers, long_lines_and_zero_bytes_do_no_harm)
{
	char *line = malloc(SERVERS_MAX_LINE + 40);
	memset(line, ' ', SERVERS_MAX_LINE + 40);
	memcpy(line, "nameserver", 10);
	memcpy(
	    line + SERVERS_MAX_LINE, " 192.0.2.1\nnameserver 192.0.2.2\n", 33);
	parse(line);
	expect_server(0, "192.0.2.2");
	cr_expect(eq(sz, servers.warnings.len, 1));
	servers_parse(
	    arena, STR("f"), STR("nameserver 192.0.2.1\0.2\n"), &servers);
	expect_server(0, "192.0.2.1");
	free(line);
}

Test(servers, a_huge_file_is_read_from_its_start_with_few_warnings)
{
	const size_t size = SERVERS_MAX_FILE * 2;
	char *content = malloc(size + 1);
	for (size_t i = 0; i < size; i += 16) {
		memcpy(content + i, "nameserver nono\n", 17);
	}
	memcpy(content, "nameserver ::1  ", 16);
	parse(content);
	cr_expect(lt(sz, servers.warnings.len, 12));
	free(content);
}

Test(servers, a_file_that_cannot_be_read_is_said_unless_there_is_none)
{
	servers_read(arena, "/nowhere/resolv.conf", &servers);
	expect_server(0, "127.0.0.1");
	cr_expect(eq(sz, servers.warnings.len, 0));
	servers_read(arena, "/", &servers);
	expect_server(0, "127.0.0.1");
	cr_assert(eq(sz, servers.warnings.len, 1));
	cr_expect(str_starts(servers.warnings.at[0], STR("/ cannot be read")));
}

Test(servers, a_file_is_read_by_its_path)
{
	char path[] = "/tmp/ivycheck-servers-XXXXXX";
	const int fd = mkstemp(path);
	cr_assert(ge(int, fd, 0));
	cr_assert(write(fd, "nameserver 192.0.2.7\n", 21) == 21);
	close(fd);
	servers_read(arena, path, &servers);
	unlink(path);
	expect_server(0, "192.0.2.7");
}
