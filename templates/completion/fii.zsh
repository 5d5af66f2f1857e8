#compdef fii
# Completion of fii for zsh, made by "fii completion zsh". In ~/.zshrc: eval "$(fii completion zsh)"
_fii() {
  local line value folder
  local -a fields whole more
  if [[ -z $compstate[quote] && $PREFIX == [~$]*/* ]]; then
    folder=${PREFIX%/*}/ # such as ~/ and $HOME/: zsh keeps it as it was typed
  fi
  while IFS= read -r line; do
    fields=("${(@ps:\t:)line}")
    value=${${fields[1]#${(Q)folder}}//:/\\:}${fields[2]:+:$fields[2]}
    if (( $#fields == 3 )); then
      more+=("$value")
    else
      whole+=("$value")
    fi
  done < <(
    _FII_COMPLETE=zsh _FII_AT=$((CURRENT - 2)) command fii \
      "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" "${(@Q)words[CURRENT+1,-1]}" </dev/null 2>/dev/null
  )
  [[ -n $folder ]] && compset -P '*/'
  local any_case='m:{[:lower:][:upper:]}={[:upper:][:lower:]}' # as fii itself reads ids
  _describe -V fii whole -M $any_case -- more -S '' -M $any_case
}
# As a file on the fpath, zsh calls this itself; with eval, it has to be told. Without compinit, this starts it.
if [[ $funcstack[1] == _fii ]]; then
  _fii "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -D -i }
  compdef _fii fii
fi
