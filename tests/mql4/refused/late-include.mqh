#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int a=0;
   a++;
  }
#include <support.mqh>
#endif
// refused: late-include at 8:1
