@rem Drop a workbook, or a folder of CSV, on this file: it is checked, reported, and the report opened.
@echo off
setlocal
if "%~1"=="" goto usage
call "%~dp0find_python.bat"
if errorlevel 1 goto no_python
set "OUT=%~dpn1_medgraph"
if not exist "%OUT%" mkdir "%OUT%"

echo [1/3] check "%~f1"
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py" check "%~f1" --output "%OUT%\checked.xlsx"
set "CODE=%errorlevel%"
if not "%CODE%"=="0" goto findings

echo [2/3] report
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py" report "%~f1" --output "%OUT%\report"
set "CODE=%errorlevel%"
if not "%CODE%"=="0" goto end

echo [3/3] open "%OUT%\report"
if not defined MEDGRAPH_NO_OPEN start "" "%OUT%\report\index.html"
goto end

:findings
if exist "%OUT%\checked.xlsx" if not defined MEDGRAPH_NO_OPEN start "" "%OUT%\checked.xlsx"
goto end

:usage
type "%~dp0usage.txt"
set "CODE=2"
goto end

:no_python
type "%~dp0no_python.txt"
set "CODE=2"

:end
if not defined MEDGRAPH_NO_PAUSE pause
exit /b %CODE%
