@rem Double-click: the planning board opens in the browser. Drop a workbook on it to begin with that.
@echo off
setlocal
call "%~dp0find_python.bat"
if errorlevel 1 goto no_python
set "SOURCE=%~f1"
if "%~1"=="" set "SOURCE=%~dp0plans"
if not exist "%SOURCE%" mkdir "%SOURCE%"
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py" board "%SOURCE%"
set "CODE=%errorlevel%"
goto end

:no_python
type "%~dp0no_python.txt"
set "CODE=2"

:end
if not "%CODE%"=="0" if not defined MEDGRAPH_NO_PAUSE pause
exit /b %CODE%
