#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
//
int F(void)
  {
   return(1);
  }
#endif
// refused: control-character at 3:3
