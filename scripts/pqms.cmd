@echo off
rem Runs the built pqms; builds it once when it is missing. Example: scripts\pqms status --json
setlocal
set "NODE_FOLDER=%~dp0..\tools\node\node_modules\node\bin"
if exist "%NODE_FOLDER%\node.exe" set "PATH=%NODE_FOLDER%;%PATH%"
set "DLL=%~dp0..\src\Pqms.Cli\bin\Release\net10.0\pqms.dll"
if not exist "%DLL%" node "%~dp0build-cli.mjs" 1>&2 || exit /b 1
dotnet "%DLL%" %*
