# Completion of fii for bash, made by "fii completion bash". In ~/.bashrc: eval "$(fii completion bash)"
_fii_completion() {
  local candidate
  COMPREPLY=()
  while IFS= read -r candidate; do
    COMPREPLY+=("$candidate")
  done < <(
    _FII_COMPLETE=bash _FII_LINE=$COMP_LINE _FII_POINT=$COMP_POINT _FII_WORD=$2 command fii </dev/null 2>/dev/null
  )
}
# fii writes a space after a word that is complete, and has an order of its own; bash before 4.4 sorts anyway.
complete -o nospace -o nosort -F _fii_completion fii 2>/dev/null || complete -o nospace -F _fii_completion fii
