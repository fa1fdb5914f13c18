// Everything above in one program, as the C++ runner would have it.
#property strict
#include <declarations.mqh>
#include <statements.mqh>
#include <values.mqh>

void OnStart(void)
  {
   CDeclarationsV1 root;
   ArrayResize(root.children,2);
   int values[];
   ArrayResize(values,4);
   for(int i=0; i<4; i++)
      values[i]=DECLARATIONS_V1_TABLE[i];
   int sum=0;
   StatementsV1Loops(values,sum);
   int handle=FileOpen("contracts\\out.txt",FILE_WRITE|FILE_BIN);
   if(handle==INVALID_HANDLE)
      return;
   uchar bytes[];
   string text=DECLARATIONS_V1_WORDS[1]+ShortToString('!');
   int count=StringToCharArray(text,bytes,0,-1,CP_UTF8);
   FileWriteArray(handle,bytes,0,count-1);
   FileClose(handle);
   Print(text);
  }
