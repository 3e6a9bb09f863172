# The statements of C, a line each, without comments, preprocessor lines and needless blanks. A "}" stands alone.

{
    if (continued || $0 ~ /^[ \t]*#/) {
        continued = $0 ~ /\\$/
        next
    }
    sub(/\/\/.*/, "")
    text = text " " $0
}

END {
    while ((start = index(text, "/*")) > 0) {
        rest = substr(text, start + 2)
        stop = index(rest, "*/")
        text = substr(text, 1, start - 1) " " (stop ? substr(rest, stop + 2) : "")
    }
    gsub(/[ \t]+/, " ", text)
    gsub(/; */, ";\n", text)
    gsub(/ *} */, "\n}\n", text)
    print text
}
