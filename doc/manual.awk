# SPDX-License-Identifier: MIT
# Makes ivycheck.1 out of its text and the tables of commands and options, so
# that none can be missing:
#
#	awk -v version=1.0 -f manual.awk commands.def options.def ivycheck.1.in
#
# In the text, "@COMMANDS@" and "@OPTIONS@" stand for the lists. What stands
# between "@MORE name" and "@END" is added to what the table says of that
# command ("wait") or option ("--zone").

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
	formats[commands] = $4
}

/^\t"/ && FILENAME ~ /commands\.def$/ {
	arguments[commands] = $2
	summary[commands] = $4
}

/^GROUP\(/ {
	split($1, word, "[(,]")
	group_name[++groups] = word[2]
	group_title[groups] = $2
}

/^OPTION\(/ {
	n++
	split($1, first, "'")
	letter[n] = $1 ~ /'/ ? first[2] : ""
	long[n] = $2
	argument[n] = $4
	takers[n] = expand($5, NF > 7 ? $6 : "")
	group[n] = last_word($(NF - 2))
	help[n] = $(NF - 1)
}

FILENAME ~ /\.in$/ {
	sub(/@VERSION@/, version)
	if ($0 ~ /^@MORE /) {
		into = substr($0, 7)
	} else if ($0 == "@END") {
		into = ""
	} else if (into != "") {
		more[into] = more[into] $0 "\n"
	} else {
		text[++lines] = $0
	}
}

function last_word(words,    word, parts) {
	gsub(/[, ]+$/, "", words)
	parts = split(words, word, "[, ]+")
	return word[parts]
}

# The commands of a row: a set, words in quotes, or both; none: all of them.
function expand(middle, quoted,    piece, i, parts, list) {
	parts = split(middle, piece, /[, ]+/)
	for (i = 1; i <= parts; i++)
		if (piece[i] in set)
			list = list " " set[piece[i]]
	list = list " " quoted
	gsub(/  +/, " ", list)
	gsub(/^ | $/, "", list)
	return list
}

# Prose of the tables, in lines that fit, a sentence of its own.
function prose(words,    word, i, parts, line) {
	words = toupper(substr(words, 1, 1)) substr(words, 2)
	if (words !~ /[.?!]$/)
		words = words "."
	gsub(/\\/, "\\e", words)
	gsub(/-/, "\\-", words)
	parts = split(words, word, " ")
	for (i = 1; i <= parts; i++) {
		if (length(line) + length(word[i]) > 72) {
			print line
			line = ""
		}
		line = line (line == "" ? "" : " ") word[i]
	}
	print line
}

# "DOMAIN... [@SERVER...]" as macros of mdoc.
function macros(words) {
	gsub(/\.\.\./, " ...", words)
	gsub(/\[/, "Oo ", words)
	gsub(/\]/, " Oc", words)
	gsub(/[A-Z@|-][A-Z@|-]+/, "Ar &", words)
	gsub(/Ar Oo/, "Oo", words)
	gsub(/Oc/, "Oc", words)
	return words
}

function tell_more(name) {
	if (name in more) {
		printf "%s", more[name]
		delete more[name]
	}
}

function tell_commands(    i) {
	print ".Bl -tag -width Ds"
	for (i = 1; i <= commands; i++) {
		print ".It Cm " command[i] " Oo Ar options Oc " \
		    macros(arguments[i])
		prose(summary[i])
		tell_more(command[i])
	}
	print ".El"
}

function tell_option(i) {
	printf ".It"
	if (letter[i] != "")
		printf " Fl %s ,", letter[i]
	printf " Fl -%s", long[i]
	print argument[i] == "" ? "" : " Ar " argument[i]
	prose(help[i])
	tell_more("--" long[i])
	if (takers[i] != usual)
		prose("For " listed(takers[i]))
}

function listed(words,    word, i, parts, list) {
	parts = split(words, word, " ")
	for (i = 1; i <= parts; i++)
		list = list (i == 1 ? "" : i == parts ? " and " : ", ") word[i]
	return list
}

# Whom the first option of a group is for: most of the others are, too.
function takers_of(name,    i) {
	for (i = 1; i <= n; i++)
		if (group[i] == name)
			return takers[i]
	return ""
}

function tell_options(    g, i) {
	for (g = 1; g <= groups; g++) {
		print ".Ss " group_title[g]
		usual = takers_of(group_name[g])
		if (usual != "")
			prose("Where nothing else is said, for " listed(usual))
		print ".Bl -tag -width Ds"
		for (i = 1; i <= n; i++)
			if (group[i] == group_name[g])
				tell_option(i)
		print ".El"
	}
}

END {
	for (i = 1; i <= lines; i++) {
		if (text[i] == "@COMMANDS@")
			tell_commands()
		else if (text[i] == "@OPTIONS@")
			tell_options()
		else
			print text[i]
	}
	for (name in more) {
		print "manual.awk: there is no " name | "cat >&2"
		exit 1
	}
}
