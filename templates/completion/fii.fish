# Completion of fii for fish, made by "fii completion fish". In ~/.config/fish/config.fish: fii completion fish | source
function __fii_completion
    set -l before (commandline -xpc 2>/dev/null; or commandline -opc)
    set -l typed (commandline -ct)
    set -l word $typed
    for close in '' '"' "'"
        if set -l plain (string unescape -- $typed$close 2>/dev/null)
            set word $plain
            break
        end
    end
    env _FII_COMPLETE=fish fii $before[2..-1] "$word" </dev/null 2>/dev/null |
        string replace -r '\t\+$' ''
end
complete --command fii --erase
complete --command fii --no-files --keep-order --arguments '(__fii_completion)'
