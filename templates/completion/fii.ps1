# Completion of fii for PowerShell, made by "fii completion powershell". It was never tried in a real PowerShell.
# In $PROFILE: fii completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName fii -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @()
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $constant = $element -is [System.Management.Automation.Language.StringConstantExpressionAst]
        $words += if ($constant) { $element.Value } else { $element.Extent.Text }
    }
    $words += $wordToComplete.Trim('"', "'")
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $Env:_FII_COMPLETE = 'powershell'
        $Env:_FII_WORDS = $words -join "`n"
        $lines = @(fii 2>$null)
    } finally {
        [Console]::OutputEncoding = $encoding
        $Env:_FII_COMPLETE = $null
        $Env:_FII_WORDS = $null
    }
    foreach ($line in $lines) {
        $value, $told, $null = $line -split "`t"
        $written = if ($value -match '^[\w./=:-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
        $tip = if ($told) { $told } else { $value }
        [System.Management.Automation.CompletionResult]::new($written, $value, 'ParameterValue', $tip)
    }
}
