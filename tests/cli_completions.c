/* SPDX-License-Identifier: MIT */
/* The completions that are made out of the tables. */
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/options.h"
#include "cmd/output.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

static struct arena *arena;

static void
setup(void)
{
	arena = arena_new();
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(cli_completions, .init = setup, .fini = teardown);

/** Expects what bash offers when the words of *line* have been typed. */
static void
expect_offered(const char *line, const char *want)
{
	const struct run_manner bash = { .program = "/bin/bash" };
	const struct str script = str_print(arena,
	    "source %s/completions/bash/ivycheck\n"
	    "COMP_WORDS=(%s)\n"
	    "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
	    "_ivycheck %s\n"
	    "echo \"${COMPREPLY[@]}\"\n",
	    BUILD_DIR, line, program_path());
	const struct run run = RUN_AS(&bash, "-c", script.at);
	expect_text(run.err, "");
	expect_text(run.out, str_print(arena, "%s\n", want).at);
}

Test(cli_completions, bash_offers_commands_and_their_arguments)
{
	expect_offered("ivycheck sche", "schema");
	expect_offered("ivycheck schema e", "expect explain");
	expect_offered("ivycheck explain dkim-no", "dkim-no-key");
	expect_offered("ivycheck help exit", "exit-codes");
}

Test(cli_completions, bash_offers_the_options_of_the_command)
{
	expect_offered("ivycheck explain --co", "--color");
	expect_offered("ivycheck schema --co", "");
	expect_offered("ivycheck explain --color a", "auto always");
	expect_offered("ivycheck explain --color = n", "never");
	expect_offered("ivycheck explain -f js", "json");
	expect_offered("ivycheck records -f z", "zone");
	expect_offered("ivycheck records --provider clo", "cloudflare cloudns");
	expect_offered("ivycheck explain --timeout ''", "");
}

Test(cli_completions, no_shell_lacks_an_option)
{
	static const char *const files[] = { "completions/bash/ivycheck",
		"completions/zsh/_ivycheck", "completions/fish/ivycheck.fish" };
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct str content = { 0 };
		struct err err = { 0 };
		const struct str path =
		    str_print(arena, "%s/%s", BUILD_DIR, files[i]);
		cr_assert(file_read(arena, path, 1 << 20, &content, &err));
		for (int j = 0; j < OPTIONS; j++) {
			const struct option_row *row =
			    option_row((enum option_id)j);
			const bool there =
			    str_find(content, str_of(row->name)) >= 0;
			const bool due =
			    *row->commands == '\0' ||
			    option_is_for((enum option_id)j, "explain");
			cr_expect(there >= due, "%s: %s", files[i], row->name);
		}
	}
}
