# Turns sql/*.sql into sql_statements.h (-v want=h) or sql_statements.c (-v want=c).
# Files that start with four digits are migrations, in the order of their names.
# In the others each statement begins with "-- name: x"; "-- scan: why" marks a meant
# full scan. "-- part: x" begins lines that several statements of one file share; a line
# "-- with: x" in a statement, or in a later part, stands for them. Those of parts.sql, which
# comes first, are for every file.
function quote(line) {
	gsub(/\\/, "\\\\", line)
	gsub(/"/, "\\\"", line)
	return "\t\"" line "\\n\"\n"
}
FNR == 1 {
	file = FILENAME
	sub(/.*\//, "", file)
	part = ""
	migration = file ~ /^[0-9][0-9][0-9][0-9]_/
	if (migration)
		migrations++
}
migration { steps[migrations] = steps[migrations] quote($0); next }
/^-- part: / { part = file " " $3; next }
/^ *-- with: / {
	what = (file " " $3) in shared ? file " " $3 : "parts.sql " $3
	if (!(what in shared)) {
		print file ": there is no part " $3 " above its use" > "/dev/stderr"
		exit 1
	}
	if (part)
		shared[part] = shared[part] shared[what]
	else
		text[n] = text[n] shared[what]
	next
}
/^-- name: / {
	part = ""
	n++
	name[n] = $3
	if ($3 in seen) {
		print file ": " $3 " stands twice" > "/dev/stderr"
		exit 1
	}
	seen[$3] = 1
	from[n] = file
	next
}
/^-- scan: / { meant[n] = 1; next }
/^ *--/ { next }
part && NF { shared[part] = shared[part] quote($0); next }
n && NF { text[n] = text[n] quote($0) }
END {
	print "/* Made by sqlgen.awk from the files in sql/: do not edit. */"
	if (want == "h") {
		print "#ifndef MERCAT_STORE_SQL_STATEMENTS_H\n#define MERCAT_STORE_SQL_STATEMENTS_H\n"
		print "enum sql_id {"
		for (i = 1; i <= n; i++)
			print "\tSQL_" toupper(name[i]) ","
		print "\tSQL_COUNT\n};\n"
		print "enum { SQL_MIGRATIONS = " migrations " };\n"
		print "struct sql_statement {\n\tconst char *name, *file, *text;\n\t_Bool scan_meant;\n};\n"
		print "extern const struct sql_statement sql_statements[SQL_COUNT];"
		print "extern const char *const sql_migrations[SQL_MIGRATIONS];\n\n#endif"
	} else {
		print "#include \"store/sql_statements.h\"\n"
		print "const struct sql_statement sql_statements[SQL_COUNT] = {"
		for (i = 1; i <= n; i++)
			print "{\"" name[i] "\", \"" from[i] "\",\n" text[i] "\t, " meant[i] + 0 "},"
		print "};\n\nconst char *const sql_migrations[SQL_MIGRATIONS] = {"
		for (i = 1; i <= migrations; i++)
			printf "(\n%s),\n", steps[i] # clang warns of few lines without
		print "};"
	}
}
