@rem Any command of medgraph: medgraph.bat --help
@echo off
setlocal
call "%~dp0find_python.bat"
if errorlevel 1 (
  type "%~dp0no_python.txt"
  exit /b 2
)
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py" %*
exit /b %errorlevel%
