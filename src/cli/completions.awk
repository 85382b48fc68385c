# SPDX-License-Identifier: MIT
# Makes the completions of a shell out of the tables:
#
#	awk -v shell=bash -f completions.awk commands.def options.def
#	    formats.def topics.def providers.def
#
# A row is one line, and its strings hold no quotes, so that the quotes cut
# it into pieces.

BEGIN {
	FS = "\""
}

# The sets of commands that options.def names.
/^#define / && FILENAME ~ /options\.def$/ {
	split($1, word, " ")
	set[word[2]] = $2
}

/^COMMAND\(/ {
	command[++commands] = $2
	own_formats = own_formats " " $4
}

# What a command does stands at the end of the line below its row.
/^\t"/ && FILENAME ~ /commands\.def$/ {
	summary[commands] = $4
}

/^FORMAT\(/ {
	formats = formats (formats ? " " : "") $2
}

/^PROVIDER\(/ {
	providers = providers (providers ? " " : "") $2
}

/^TOPIC\(/ {
	topics = topics (topics ? " " : "") $2
}

/^OPTION\(/ {
	n++
	split($1, first, "'")
	letter[n] = $1 ~ /'/ ? first[2] : ""
	long[n] = $2
	argument[n] = $4
	takers[n] = trim(expand($5, NF > 7 ? $6 : ""))
	help[n] = $(NF - 1)
	values[n] = values_of($2, $4)
}

function trim(text) {
	gsub(/  +/, " ", text)
	gsub(/^ | $/, "", text)
	return text
}

# The commands of a row: a set, words in quotes, or both; none: all of them.
function expand(middle, quoted,    piece, i, parts, list) {
	parts = split(middle, piece, /[, ]+/)
	for (i = 1; i <= parts; i++)
		if (piece[i] in set)
			list = list " " set[piece[i]]
	return list " " quoted
}

# What can be said without asking: words to choose from, or "files".
function values_of(name, arg) {
	if (arg ~ /\|/) {
		gsub(/\|/, " ", arg)
		return arg
	}
	if (arg == "FILE")
		return "files"
	if (name == "only")
		return "ownership spf dkim dmarc mail-from mail-from-mx" \
		    " mail-from-spf"
	if (name == "ignore")
		return "codes"
	return ""
}

# True if the option number i is for the command, or for every one.
function is_for(i, name) {
	return takers[i] == "" || index(" " takers[i] " ", " " name " ") > 0
}

function all_commands(    i, list) {
	for (i = 1; i <= commands; i++)
		list = list (i > 1 ? " " : "") command[i]
	return list
}

# The default command's options are completed before a command is there.
function default_command(    i) {
	for (i = 1; i <= commands; i++)
		if (command[i] == "check")
			return "check"
	return command[1]
}

function arguments_of(name) {
	if (name == "explain")
		return "codes"
	if (name == "schema")
		return "report expect spf dmarc dkim explain records"
	if (name == "help")
		return topics " " all_commands()
	if (name == "batch")
		return "files"
	return ""
}

# The list with the words of others that it lacks.
function with_others(list, others,    word, i, words) {
	words = split(others, word, " ")
	for (i = 1; i <= words; i++)
		if (index(" " list " ", " " word[i] " ") == 0)
			list = list " " word[i]
	return list
}

END {
	for (i = 1; i <= n; i++)
		if (long[i] == "format")
			values[i] = with_others(formats, own_formats)
		else if (long[i] == "provider")
			values[i] = providers
	if (shell == "bash")
		bash()
	else if (shell == "zsh")
		zsh()
	else
		fish()
}

# --- bash ---------------------------------------------------------------

function bash_names(i) {
	return (letter[i] ? "-" letter[i] "|" : "") "--" long[i]
}

function bash_words(what) {
	if (what == "files")
		return "compgen -f -- \"$cur\""
	if (what == "codes")
		return "compgen -W \"$(\"$1\" explain -q 2>/dev/null)\" -- \"$cur\""
	return "compgen -W '" what "' -- \"$cur\""
}

function bash(    i, j, options, free) {
	print "# bash completion for ivycheck"
	print "_ivycheck()"
	print "{"
	print "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}"
	print "\tlocal command=" default_command() " found= word options="
	print "\tlocal IFS=$' \\t\\n'"
	print "\tCOMPREPLY=()"
	print "\t# --option=value comes in three words"
	print "\tif [[ $cur == = ]]; then"
	print "\t\tcur="
	print "\telif [[ $prev == = ]]; then"
	print "\t\tprev=${COMP_WORDS[COMP_CWORD-2]}"
	print "\tfi"
	print "\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do"
	print "\t\tcase $word in"
	j = all_commands()
	gsub(/ /, "|", j)
	print "\t\t" j ")"
	print "\t\t\tcommand=$word found=1"
	print "\t\t\tbreak"
	print "\t\t\t;;"
	print "\t\tesac"
	print "\tdone"
	print "\tcase $prev in"
	for (i = 1; i <= n; i++) {
		if (argument[i] == "")
			continue
		if (values[i] == "") {
			free = free (free ? "|" : "") bash_names(i)
			continue
		}
		print "\t" bash_names(i) ")"
		print "\t\tCOMPREPLY=($(" bash_words(values[i]) "))"
		print "\t\treturn"
		print "\t\t;;"
	}
	print "\t" free ")"
	print "\t\treturn"
	print "\t\t;;"
	print "\tesac"
	print "\tcase $command in"
	for (j = 1; j <= commands; j++) {
		options = ""
		for (i = 1; i <= n; i++)
			if (is_for(i, command[j]))
				options = options (options ? " " : "") "--" long[i]
		print "\t" command[j] ") options='" options "' ;;"
	}
	print "\tesac"
	print "\tif [[ $cur == -* ]]; then"
	print "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))"
	print "\telif [[ -z $found ]]; then"
	print "\t\tCOMPREPLY=($(compgen -W '" all_commands() "' -- \"$cur\"))"
	print "\telse"
	print "\t\tcase $command in"
	for (j = 1; j <= commands; j++)
		if (arguments_of(command[j]) != "")
			print "\t\t" command[j] ") COMPREPLY=($(" \
			    bash_words(arguments_of(command[j])) ")) ;;"
	print "\t\tesac"
	print "\tfi"
	print "}"
	print "complete -F _ivycheck ivycheck"
}

# --- zsh ----------------------------------------------------------------

function zsh_help(text) {
	gsub(/'/, "'\\''", text)
	gsub(/\[/, "\\[", text)
	gsub(/\]/, "\\]", text)
	return "[" text "]"
}

function zsh_values(what, arg) {
	gsub(/:/, "", arg)
	gsub(/\|.*/, "", arg)
	if (what == "files")
		return ":" arg ":_files"
	if (what == "codes")
		return ":" arg ":_ivycheck_codes"
	if (what == "")
		return ":" arg ": "
	return ":" arg ":(" what ")"
}

function zsh_option(i,    names, action) {
	action = zsh_help(help[i])
	if (argument[i] != "")
		action = action zsh_values(values[i], argument[i])
	names = argument[i] != "" ? "--" long[i] "=" : "--" long[i]
	if (letter[i])
		return "'*" "-" letter[i] (argument[i] != "" ? "+" : "") \
		    action "' '*" names action "'"
	return "'*" names action "'"
}

function zsh(    i, j, text) {
	print "#compdef ivycheck"
	print "# zsh completion for ivycheck"
	print "_ivycheck_codes()"
	print "{"
	print "\tcompadd -- ${(f)\"$($words[1] explain -q 2>/dev/null)\"}"
	print "}"
	print "_ivycheck()"
	print "{"
	print "\tlocal command=" default_command() " found= word"
	print "\tlocal -a commands options"
	print "\tcommands=("
	for (j = 1; j <= commands; j++) {
		text = summary[j]
		gsub(/'/, "'\\''", text)
		gsub(/:/, "\\:", text)
		print "\t\t'" command[j] ":" text "'"
	}
	print "\t)"
	print "\tfor word in ${words[2,CURRENT-1]}; do"
	print "\t\tif [[ -n ${(M)commands:#$word:*} ]]; then"
	print "\t\t\tcommand=$word found=1"
	print "\t\t\tbreak"
	print "\t\tfi"
	print "\tdone"
	print "\tcase $command in"
	for (j = 1; j <= commands; j++) {
		print "\t" command[j] ")"
		print "\t\toptions=("
		for (i = 1; i <= n; i++)
			if (is_for(i, command[j]))
				print "\t\t\t" zsh_option(i)
		print "\t\t)"
		print "\t\t;;"
	}
	print "\tesac"
	print "\tif [[ -z $found ]]; then"
	print "\t\t_arguments -s -S : $options '*: :{_describe command commands}'"
	print "\t\treturn"
	print "\tfi"
	print "\tcase $command in"
	for (j = 1; j <= commands; j++)
		if (arguments_of(command[j]) != "")
			print "\t" command[j] ") options+=('*" \
			    zsh_values(arguments_of(command[j]), "argument") \
			    "') ;;"
	print "\tesac"
	print "\t_arguments -s -S : $options"
	print "}"
	print "_ivycheck \"$@\""
}

# --- fish ---------------------------------------------------------------

function fish_quote(text) {
	gsub(/\\/, "&&", text)
	gsub(/'/, "\\\\&", text)
	return "'" text "'"
}

function fish_values(what) {
	if (what == "files")
		return " -r -F"
	if (what == "codes")
		return " -x -a '(ivycheck explain -q 2>/dev/null)'"
	return what == "" ? " -x" : " -x -a " fish_quote(what)
}

function fish(    i, j) {
	print "# fish completion for ivycheck"
	print "function __ivycheck_command"
	print "\tfor word in (commandline -opc)[2..-1]"
	print "\t\tif contains -- $word " all_commands()
	print "\t\t\techo $word"
	print "\t\t\treturn"
	print "\t\tend"
	print "\tend"
	print "\treturn 1"
	print "end"
	print "function __ivycheck_takes"
	print "\tset -l command (__ivycheck_command)"
	print "\tor set command " default_command()
	print "\tcontains -- $command $argv"
	print "end"
	print "complete -c ivycheck -f"
	for (j = 1; j <= commands; j++)
		print "complete -c ivycheck -n 'not __ivycheck_command >/dev/null'" \
		    " -a " command[j] " -d " fish_quote(summary[j])
	for (j = 1; j <= commands; j++)
		if (arguments_of(command[j]) != "")
			print "complete -c ivycheck -n 'test (__ivycheck_command;" \
			    " or echo none) = " command[j] "'" \
			    fish_values(arguments_of(command[j]))
	for (i = 1; i <= n; i++) {
		printf "complete -c ivycheck"
		if (takers[i] != "")
			printf " -n '__ivycheck_takes %s'", takers[i]
		printf "%s -l %s", (letter[i] ? " -s " letter[i] : ""), long[i]
		print (argument[i] != "" ? fish_values(values[i]) : "") \
		    " -d " fish_quote(help[i])
	}
}
