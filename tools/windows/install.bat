@rem Installs the wheels of this folder into its sub-folder "app"; nothing else on the machine changes.
@echo off
setlocal
pushd "%~dp0"
if errorlevel 1 exit /b 2
if exist python\python.exe goto unpacked
for %%F in (python-$python.*-embed-amd64.zip) do (
  mkdir python
  tar -xf "%%F" -C python
  if errorlevel 1 powershell -NoProfile -Command "Expand-Archive -LiteralPath '%%F' -DestinationPath python -Force"
)
:unpacked
call "%~dp0find_python.bat"
if errorlevel 1 goto no_python
echo Python: "%MEDGRAPH_PYTHON%"
echo Installing into "%~dp0app", this takes a minute or two ...
set "PIP_CONFIG_FILE=nul"
if exist app.new rmdir /s /q app.new
"%MEDGRAPH_PYTHON%" -I wheels\$pip\pip --isolated install --quiet --no-index --find-links wheels --require-hashes --only-binary :all: --disable-pip-version-check --no-warn-script-location --target app.new -r requirements.txt
if errorlevel 1 goto failed
if exist app rmdir /s /q app
move /y app.new app >nul
if errorlevel 1 goto failed
call "%~dp0medgraph.bat" --version
if errorlevel 1 goto failed
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py"
echo OK. Now drop a workbook on check.bat
set "CODE=0"
goto end

:no_python
type no_python.txt
set "CODE=2"
goto end

:failed
echo FAILED. Nothing outside this folder was changed; the message is above.
set "CODE=1"

:end
popd
if not defined MEDGRAPH_NO_PAUSE pause
exit /b %CODE%
